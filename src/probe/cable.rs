//! The cable test as it runs: a proof that breaks are heard at all, then four parts of twenty seconds. Pure; it
//! takes the time as a value.

use super::conclude::cable;
use rulebase::{Observed, Probe};

/// How long a part lasts, in milliseconds.
pub const PART: u64 = 20_000;
/// How long somebody has to unplug and to plug in.
pub const PROOF: u64 = 45_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stage {
    #[default]
    Idle,
    /// It is to be unplugged on purpose, until then.
    ProofOut(u64),
    /// It is to be plugged in again, until then.
    ProofIn(u64),
    /// This part is next.
    Ready(usize),
    /// This part runs until then.
    Running(usize, u64),
    Done,
    /// The unplugging was not noticed, or it did not come back.
    Failed,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cable {
    pub stage: Stage,
    /// Breaks in each part; none was skipped or has not been yet.
    pub breaks: [Option<u32>; 4],
    /// Whether the running part began anew because another page was in front.
    pub paused: bool,
    /// The result has a text of its own instead of findings.
    pub text: Option<Probe>,
    pub proved: bool,
    /// Between a break and its end, in milliseconds; without those that a person ended by choosing again.
    gaps: Vec<u64>,
}

impl Cable {
    pub fn begin(&mut self, now: u64) {
        *self = Cable { stage: Stage::ProofOut(now + PROOF), ..Cable::default() };
    }

    /// Whether something of it is under way.
    pub fn runs(&self) -> bool {
        !matches!(self.stage, Stage::Idle | Stage::Done | Stage::Failed)
    }

    /// The reader went.
    pub fn gone(&mut self, now: u64) {
        match self.stage {
            Stage::ProofOut(_) => self.stage = Stage::ProofIn(now + PROOF),
            Stage::Running(part, _) => {
                let count = self.breaks[part].unwrap_or(0);
                self.breaks[part] = Some(count + 1);
            }
            _ => {}
        }
    }

    /// It is back, after so long; `chosen` by a person, or by itself.
    pub fn back(&mut self, after: u64, chosen: bool) {
        match self.stage {
            Stage::ProofIn(_) => {
                self.proved = true;
                self.stage = Stage::Ready(0);
            }
            Stage::Running(..) if !chosen => self.gaps.push(after),
            _ => {}
        }
    }

    /// The next part begins; the reader is there, or what is counted would mean nothing.
    pub fn next(&mut self, now: u64) {
        if let Stage::Ready(part) = self.stage {
            self.breaks[part] = Some(0);
            self.paused = false;
            self.stage = Stage::Running(part, now + PART);
        }
    }

    /// This part, or the next, is left out.
    pub fn skip(&mut self) -> Vec<Observed> {
        match self.stage {
            Stage::Ready(part) | Stage::Running(part, _) => {
                self.breaks[part] = None;
                self.after(part)
            }
            _ => {
                self.stop();
                Vec::new()
            }
        }
    }

    /// It ends here, with what there is.
    pub fn stop(&mut self) {
        if self.runs() {
            self.stage = Stage::Done;
            self.text = Some(Probe::ResultVoid);
        }
    }

    /// Another page came in front of this one: what is heard meanwhile may come late, so the part begins anew.
    pub fn hidden(&mut self) {
        match self.stage {
            Stage::Running(part, _) => {
                self.paused = true;
                self.breaks[part] = None;
                self.stage = Stage::Ready(part);
            }
            // A proof that nobody could hear proves nothing.
            Stage::ProofOut(_) | Stage::ProofIn(_) => self.stage = Stage::Idle,
            _ => {}
        }
    }

    /// Time passed. Gives what is known when the test is over.
    pub fn tick(&mut self, now: u64) -> Vec<Observed> {
        match self.stage {
            Stage::ProofOut(until) if now >= until => {
                self.stage = Stage::Failed;
                self.text = Some(Probe::ProofFailed);
                Vec::new()
            }
            // That it went was noticed.
            Stage::ProofIn(until) if now >= until => {
                self.stage = Stage::Failed;
                self.text = Some(Probe::ProofNotBack);
                Vec::new()
            }
            Stage::Running(part, until) if now >= until => self.after(part),
            _ => Vec::new(),
        }
    }

    fn after(&mut self, part: usize) -> Vec<Observed> {
        // What drops out at rest tells nothing of the ends.
        let restless = part == 0 && self.breaks[0].is_some_and(|n| n > 0);
        if part < 3 && !restless {
            self.stage = Stage::Ready(part + 1);
            return Vec::new();
        }
        self.stage = Stage::Done;
        let [still, reader, computer, late] = self.breaks;
        let broke = |n: Option<u32>| n.is_some_and(|n| n > 0);
        // A part that was skipped takes nothing from what another one showed.
        let all = match (still, reader, computer) {
            (Some(still), _, _) if restless => Some([still, 0, 0, 0]),
            // That nothing broke is known only of what was looked at.
            (Some(0), Some(0), Some(0)) if late.is_none() => None,
            (Some(0), Some(r), Some(c)) => Some([0, r, c, late.unwrap_or(0)]),
            (Some(0), r, None) if broke(r) => Some([0, r.unwrap_or(0), 0, 0]),
            (Some(0), None, c) if broke(c) => Some([0, 0, c.unwrap_or(0), 0]),
            _ => None,
        };
        let (mut seen, text) = match all {
            Some(all) => cable(&all, self.proved),
            None => (Vec::new(), Some(Probe::ResultVoid)),
        };
        self.text = text;
        self.gaps.sort_unstable();
        match self.gaps.get(self.gaps.len() / 2) {
            Some(0..1_500) => seen.push(Observed::BackAtOnce),
            Some(3_000..=30_000) => seen.push(Observed::BackAfterSeconds),
            _ => {}
        }
        seen
    }
}

/// What a test can show: taken back when it is done again.
pub const SHOWN: [Observed; 6] = [
    Observed::DropsWhileStill,
    Observed::DropsAtReader,
    Observed::DropsAtComputer,
    Observed::NoDrops,
    Observed::BackAtOnce,
    Observed::BackAfterSeconds,
];
