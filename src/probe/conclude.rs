//! From what was observed to what it means. Pure; nothing here says that a reader is broken, and nothing
//! observed is a result too.

use rulebase::{CauseIx, Finding, Local, Much, Observed, Probe, Together};

/// What a set of observations means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Concluded {
    /// Indices of findings, in the order of the decision table.
    pub findings: Vec<usize>,
    /// How much each is raised (above 0) or lowered, the most raised first; what stays as it was is not
    /// there. The numbers order, and say nothing else.
    pub local: Vec<(Local, i32)>,
    pub causes: Vec<(CauseIx, i32)>,
}

pub fn conclude(findings: &[Finding], seen: &[Observed]) -> Concluded {
    let found = findings.iter().enumerate().filter(|f| seen.contains(&f.1.when));
    let found: Vec<(usize, &Finding)> = found.collect();
    Concluded {
        local: weigh(&found, |f| (&f.raises_local, &f.lowers_local)),
        causes: weigh(&found, |f| (&f.raises, &f.lowers)),
        findings: found.into_iter().map(|f| f.0).collect(),
    }
}

fn weight(much: Much) -> i32 {
    match much {
        Much::Slightly => 1,
        Much::Somewhat => 2,
        Much::Strongly => 3,
    }
}

/// What the findings that rest on one fact do to one thing: only the strongest each way counts.
type Strongest<T> = (Together, T, i32, i32);

fn weigh<T: Copy + PartialEq>(
    found: &[(usize, &Finding)],
    of: impl Fn(&Finding) -> (&Vec<(T, Much)>, &Vec<(T, Much)>),
) -> Vec<(T, i32)> {
    let mut sums: Vec<(T, i32)> = Vec::new();
    let mut strongest: Vec<Strongest<T>> = Vec::new();
    let mut add = |what: T, by: i32| match sums.iter_mut().find(|s| s.0 == what) {
        Some(sum) => sum.1 += by,
        None => sums.push((what, by)),
    };
    for (_, finding) in found {
        let (raises, lowers) = of(finding);
        let moves = raises.iter().map(|r| (r.0, weight(r.1)));
        let moves = moves.chain(lowers.iter().map(|l| (l.0, -weight(l.1))));
        for (what, by) in moves {
            let Some(together) = finding.together else {
                add(what, by);
                continue;
            };
            let at = strongest.iter().position(|s| (s.0, s.1) == (together, what));
            let at = at.unwrap_or_else(|| {
                strongest.push((together, what, 0, 0));
                strongest.len() - 1
            });
            let (_, _, up, down) = &mut strongest[at];
            (*up, *down) = ((*up).max(by), (*down).min(by));
        }
    }
    strongest.into_iter().for_each(|(_, what, up, down)| add(what, up + down));
    sums.retain(|s| s.1 != 0);
    sums.sort_by_key(|s| std::cmp::Reverse(s.1));
    sums
}

/// What a cable test tells: the breaks in each of its four phases (still, at the reader, at the computer,
/// still), once one deliberate unplugging has proved that breaks are heard at all.
pub fn cable(breaks: &[u32], proved: bool) -> (Vec<Observed>, Option<Probe>) {
    if !proved {
        return (Vec::new(), Some(Probe::ProofFailed));
    }
    let [still, reader, computer, late] = breaks else {
        return (Vec::new(), Some(Probe::ResultVoid));
    };
    match *still {
        0 => {}
        // Once can be chance, and what moves at rest tells nothing of the ends.
        1 => return (Vec::new(), Some(Probe::ResultOnce)),
        _ => return (vec![Observed::DropsWhileStill], None),
    }
    let mut seen = Vec::new();
    if *reader > 0 {
        seen.push(Observed::DropsAtReader);
    }
    if *computer > 0 {
        seen.push(Observed::DropsAtComputer);
    }
    let text = match (seen.len(), *late) {
        (2, _) => Some(Probe::ResultBoth),
        (0, 1..) => Some(Probe::ResultLate),
        (_, 1..) => Some(Probe::ResultEndLate),
        (0, 0) => {
            seen.push(Observed::NoDrops);
            None
        }
        _ => None,
    };
    (seen, text)
}
