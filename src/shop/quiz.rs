//! The training quiz: questions and their answers in an order of chance, and what was picked.

/// Questions as they are asked in one round.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Quiz {
    /// Indices of questions, each with the order of its answers.
    pub order: Vec<(u16, Vec<u8>)>,
    /// What was picked so far, by its place in the question's own list.
    pub picked: Vec<u8>,
    /// Whether the last answer's explanation is being read.
    pub explained: bool,
}

impl Quiz {
    /// `answers` are the numbers of answers of all questions; `seed` is the chance.
    pub fn new(answers: &[usize], most: usize, seed: u64) -> Quiz {
        let mut next = seed;
        let all = shuffled(answers.len(), &mut next);
        let order = all.into_iter().take(most).map(|q| {
            let mix = shuffled(answers[q], &mut next);
            (q as u16, mix.into_iter().map(|a| a as u8).collect())
        });
        Quiz { order: order.collect(), picked: Vec::new(), explained: false }
    }

    /// The question that is open; `None` at the end.
    pub fn open(&self) -> Option<usize> {
        let at = self.picked.len() - usize::from(self.explained);
        (at < self.order.len()).then_some(at)
    }

    pub fn pick(&mut self, answer: u8) {
        let known = self.open().is_some_and(|at| self.order[at].1.contains(&answer));
        if known && !self.explained {
            self.picked.push(answer);
            self.explained = true;
        }
    }

    pub fn next(&mut self) {
        self.explained = false;
    }
}

/// The numbers below `n` in an order of chance (Fisher and Yates). The generator is splitmix64: chance enough
/// for the order of questions, and for nothing else.
pub fn shuffled(n: usize, seed: &mut u64) -> Vec<usize> {
    let mut draw = || {
        *seed = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *seed;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    };
    let mut out: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        out.swap(i, (draw() % (i as u64 + 1)) as usize);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_question_and_answer_comes_once_in_another_order_each_time() {
        let answers = [3, 4, 3, 4, 3, 4, 3, 4, 3, 4];
        let first = Quiz::new(&answers, 10, 1);
        let mut questions: Vec<u16> = first.order.iter().map(|o| o.0).collect();
        questions.sort_unstable();
        assert_eq!(questions, (0..10).collect::<Vec<_>>());
        for (question, mix) in &first.order {
            let mut mix = mix.clone();
            mix.sort_unstable();
            assert_eq!(mix.len(), answers[usize::from(*question)]);
            assert!(mix.iter().enumerate().all(|(i, a)| i == usize::from(*a)));
        }
        assert_ne!(first.order, Quiz::new(&answers, 10, 2).order);
    }

    #[test]
    fn an_answer_counts_once_and_the_end_is_an_end() {
        let mut quiz = Quiz::new(&[2, 2], 2, 7);
        assert_eq!(quiz.open(), Some(0));
        quiz.pick(9);
        assert!(quiz.picked.is_empty(), "there is no such answer");
        quiz.pick(1);
        quiz.pick(0);
        assert_eq!((quiz.picked.as_slice(), quiz.open()), (&[1][..], Some(0)));
        quiz.next();
        quiz.pick(0);
        quiz.next();
        assert_eq!(quiz.open(), None);
        quiz.pick(0);
        assert_eq!(quiz.picked, [1, 0]);
    }
}
