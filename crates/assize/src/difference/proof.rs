//! Whether any subject's result can differ between two schemes: a proof that none does, or the data
//! of one whose does.
//!
//! The words of a change do not say whether anybody is affected: a sum may be written in another
//! way, a limit that never acted may have moved. Only results that both schemes have are compared.

use crate::prove::{CounterExample, Effort, compare};
use crate::scheme::Scheme;
use crate::text::{Words, words};

/// What was shown of two schemes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Whether one scheme scores a subject that the other refuses, or gives no result.
    pub scored: Sameness,
    /// Each result that both have, in the order of the old scheme: for the subjects that both
    /// score.
    pub results: Vec<Compared>,
    /// How many parts of the space of subjects were looked at.
    pub regions: u32,
}

/// A result that two schemes have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// The name in the old scheme.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// Whether it is the same for every subject.
    pub sameness: Sameness,
}

/// Whether two schemes agree on something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sameness {
    /// For every subject.
    Same,
    /// Not for this subject: its data for the old scheme and for the new one. The evaluator has
    /// confirmed it.
    Differs(CounterExample),
    /// The effort ended first, or it cannot be reasoned about.
    Undecided,
}

impl Sameness {
    /// The name used in programs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Differs(_) => "differs",
            Self::Undecided => "undecided",
        }
    }

    /// What people read.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::Same => words!("the same for everybody", "对所有对象都相同"),
            Self::Differs(_) => words!("differs", "有不同"),
            Self::Undecided => words!("cannot tell", "未能判定"),
        }
    }

    /// The data that shows a difference.
    #[must_use]
    pub const fn counter_example(&self) -> Option<&CounterExample> {
        match self {
            Self::Differs(example) => Some(example),
            Self::Same | Self::Undecided => None,
        }
    }
}

impl Proof {
    /// Whether it is proved that no subject's result can differ.
    #[must_use]
    pub fn is_same(&self) -> bool {
        let mut all = self.results.iter().map(|compared| &compared.sameness);
        self.scored == Sameness::Same && all.all(|sameness| *sameness == Sameness::Same)
    }

    /// Whether a subject was found for which something differs.
    #[must_use]
    pub fn differs(&self) -> bool {
        let results = self.results.iter().map(|compared| &compared.sameness);
        let mut all = results.chain([&self.scored]);
        all.any(|sameness| sameness.counter_example().is_some())
    }
}

/// Shows whether the results of any subject can differ between two schemes.
///
/// Inputs are matched by the names that data uses. A scheme is read with the alternatives that it
/// takes; parameters may have any value in their range, the same for both.
///
/// ```
/// use assize::difference::{Sameness, proof};
/// use assize::prove::Effort;
///
/// let text = |lines: &str| format!(
///     "scheme s {{\n input late : count\n item conduct \"日常表现\" out of 50 {{\n start at 50\n {lines}\n }}\n}}"
/// );
/// let scheme = |lines| assize::check(&text(lines)).scheme.ok_or("the text has errors");
/// let old = scheme("deduct 2 per late")?;
///
/// let shown = proof(&old, &scheme("deduct 1 per late; deduct 1 per late")?, Effort::default());
/// assert!(shown.is_same());
///
/// let shown = proof(&old, &scheme("deduct 3 per late")?, Effort::default());
/// assert!(matches!(shown.results[0].sameness, Sameness::Differs(_)));
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn proof(old: &Scheme, new: &Scheme, effort: Effort) -> Proof {
    compare(old, new, effort)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(old: &str, new: &str) -> Proof {
        let scheme = |text: &str| {
            let checked = crate::check(&format!("scheme s {{\n{text}\n}}"));
            let told = format!("{text}\n{:?}", checked.diagnostics);
            checked.scheme.ok_or(told).unwrap()
        };
        proof(&scheme(old), &scheme(new), Effort { regions: 500 })
    }

    fn of<'p>(proof: &'p Proof, name: &str) -> &'p Sameness {
        let found = proof.results.iter().find(|compared| compared.name == name);
        &found.unwrap().sameness
    }

    const ITEM: &str = "input late : count\n item conduct out of 50 { start at 50; LINES }";

    fn item(lines: &str) -> String {
        ITEM.replace("LINES", lines)
    }

    /// 50 − 2·late is 50 − 1·late − 1·late; a floor at 0 acts from 25 on either way.
    #[test]
    fn written_otherwise_and_the_same() {
        let proof = shown(
            &item("deduct 2 per late"),
            &item("deduct 1 per late; deduct 1 per late"),
        );
        assert!(proof.is_same(), "{proof:?}");
    }

    /// 50 − 3 is not 50 − 2, from one on.
    #[test]
    fn another_amount() {
        let proof = shown(&item("deduct 2 per late"), &item("deduct 3 per late"));
        assert!(proof.differs() && !proof.is_same());
        let example = of(&proof, "conduct").counter_example().unwrap();
        assert_eq!(example.subjects.len(), 1);
        assert_eq!(proof.scored, Sameness::Same);
    }

    /// At most 5 late cost 10: a floor of 30 never acts, one of 45 does from 3 on.
    #[test]
    fn a_limit_that_never_acts() {
        let few = |lines: &str| item(lines).replace(": count", ": count up to 5");
        let old = few("deduct 2 per late");
        let proof = shown(&old, &few("deduct 2 per late; not below 30 cite \"二\""));
        assert!(proof.is_same(), "{proof:?}");
        let proof = shown(&old, &few("deduct 2 per late; not below 45 cite \"二\""));
        assert!(
            matches!(of(&proof, "conduct"), Sameness::Differs(_)),
            "{proof:?}"
        );
    }

    /// Nobody without an answer is scored, before or after; a deduction changes nothing of that.
    #[test]
    fn who_is_scored_rests_on_what_did_not_change() {
        let survey = |marks: &str| {
            format!(
                "choice opinion {{ good, bad }}
                input answers : count per opinion = 0
                input late : count
                item survey out of 20 {{ score by answers, answers averaged {{ good => 20, bad => 4 }} }}
                item conduct out of 80 {{ start at 80; deduct {marks} per late }}
                grade by total {{ from 90 => passed, otherwise => failed }}"
            )
        };
        let proof = shown(&survey("2"), &survey("3"));
        assert!(matches!(of(&proof, "conduct"), Sameness::Differs(_)));
        assert_eq!(proof.scored, Sameness::Same);
    }

    /// Of 0 to 5 and 0 to 8, those above 5 are scored by one alone; the results of the others are
    /// the same.
    #[test]
    fn another_range() {
        let proof = shown(
            &item("deduct 2 per late").replace(": count", ": count up to 8"),
            &item("deduct 2 per late").replace(": count", ": count up to 5"),
        );
        assert_eq!(of(&proof, "conduct"), &Sameness::Same);
        let Sameness::Differs(example) = &proof.scored else {
            panic!("{proof:?}");
        };
        assert!(
            example.words.en.contains("was scored and is refused"),
            "{example:?}"
        );
    }

    #[test]
    fn a_further_refusal_and_a_further_input() {
        let old = item("deduct 2 per late");
        let proof = shown(&old, &format!("{old}\n refuse range late when late > 20"));
        assert!(matches!(proof.scored, Sameness::Differs(_)), "{proof:?}");
        assert_eq!(of(&proof, "conduct"), &Sameness::Same);
        // Whoever gives 0 absences is scored as before; whoever gives 1 is not.
        let proof = shown(
            &old,
            "input late : count\n input absent : count\n item conduct out of 50 { start at 50; deduct 2 per late; deduct 5 per absent }",
        );
        assert!(matches!(of(&proof, "conduct"), Sameness::Differs(_)));
        assert!(matches!(proof.scored, Sameness::Differs(_)), "{proof:?}");
    }

    /// From 60 on and above 60 part at 60 itself.
    #[test]
    fn a_band_at_its_edge() {
        let grade = |from: &str| {
            format!(
                "input score : points 0..100\n grade level by score {{ {from} => 合格; otherwise => 不合格 }}"
            )
        };
        let proof = shown(&grade("from 60"), &grade("above 60"));
        let example = of(&proof, "level").counter_example().unwrap();
        assert_eq!(example.words.en, "score 60: level was 合格 and is 不合格");
    }

    /// A product is the same without being followed, and what is added to it is followed.
    #[test]
    fn what_is_computed_alike_is_the_same() {
        let text = |line: &str| {
            format!(
                "input a, b : points 0..100\n result product = a * b\n let x = a * b\n result sum = {line}"
            )
        };
        let proof = shown(&text("x + 1 + 1"), &text("x + 2"));
        assert!(proof.is_same(), "{proof:?}");
        let proof = shown(&text("x + 1"), &text("x + 2"));
        assert_eq!(of(&proof, "product"), &Sameness::Same);
        assert!(matches!(of(&proof, "sum"), Sameness::Differs(_)));
    }

    /// A division that one of them does not answer refuses who has received nothing.
    #[test]
    fn a_division() {
        let text = |line: &str| {
            format!(
                "input received : count\n input replied : count up to received\n result rate = replied / received{line}"
            )
        };
        let proof = shown(&text(""), &text(" otherwise 100%"));
        assert!(matches!(proof.scored, Sameness::Differs(_)), "{proof:?}");
        assert_eq!(of(&proof, "rate"), &Sameness::Same);
    }

    /// Other words, the same scheme.
    #[test]
    fn lists_and_labels() {
        let text = |label: &str| {
            format!(
                "input visits {label} : list of {{ score : points 0..100 }} in order = []\n each v in visits {{ let weak = 100 - v.score }}\n result worst = max of visits.weak otherwise 0"
            )
        };
        let proof = shown(&text("\"走访\""), &text("\"走访记录\""));
        assert!(proof.is_same(), "{proof:?}");
    }
}
