//! What a consequence does to the person it comes to, as far as its amount or its words tell.

use super::{Called, Consequence, Model};

/// Words of labels and names by which a consequence takes something away.
const FINES: [&str; 9] = [
    "罚", "扣", "取消", "处分", "批评", "停", "fine", "penalty", "deduct",
];

/// Words by which it gives something.
const REWARDS: [&str; 6] = ["奖", "表彰", "表扬", "reward", "bonus", "award"];

/// Whether it gives or takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Does {
    Give,
    Take,
}

impl Consequence {
    /// Whether it gives or takes, under that name.
    pub(crate) fn does(&self, model: &Model, called: &Called) -> Option<Does> {
        let amount = self.amount.and_then(|amount| model.constant(amount));
        if amount.is_some_and(|amount| amount.is_negative()) {
            return Some(Does::Take);
        }
        let texts = [Some(called.name.as_str()), called.label.as_deref()];
        let speaks = |words: &[&str]| {
            let mut texts = texts.iter().flatten();
            texts.any(|text| words.iter().any(|word| text.contains(word)))
        };
        // 扣发奖金 speaks of both, and takes.
        if speaks(&FINES) {
            Some(Does::Take)
        } else {
            speaks(&REWARDS).then_some(Does::Give)
        }
    }
}
