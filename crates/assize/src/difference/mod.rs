//! What changed in meaning between two schemes: two editions of a regulation, or a draft and what is
//! in force.
//!
//! The two models are compared, not the texts: layout, comments, the language of keywords, the order
//! of declarations and names that data never sees make no difference. What people or data read does:
//! labels of inputs, options, consequences, steps. A label that only heads a result does not, and
//! neither does what the document says behind `says`, nor a worked example.
//!
//! Things are found again by the name that data uses; one that has another name and the same label,
//! or says the same, was renamed. What is said of a thing is compared fact by fact, lines that act in
//! their order by the longest run that stayed. Nothing is calculated here: `5 + 5` became `10` is a
//! change, although no result differs.
//!
//! ```
//! use assize::difference::difference;
//!
//! let text = |marks: u8| format!(
//!     "scheme s {{\n input late : count\n item conduct \"日常表现\" out of 50 {{\n start at 50\n deduct {marks} per late\n }}\n}}"
//! );
//! let scheme = |marks| assize::check(&text(marks)).scheme.ok_or("the text has errors");
//! let changes = difference(&scheme(5)?, &scheme(6)?);
//! assert_eq!(changes[0].words().en, "item 日常表现 (conduct): deduction changed from “deduct 5 per late” to “deduct 6 per late”");
//! assert_eq!(changes[0].words().zh, "指标“日常表现”（conduct）：扣分由“每 late 扣5”改为“每 late 扣6”");
//! assert!(difference(&scheme(5)?, &scheme(5)?).is_empty());
//! # Ok::<(), &str>(())
//! ```

mod keys;
mod named;
mod of_claims;
mod of_figures;
mod of_inputs;
mod of_lines;
mod outline;
mod pairing;
mod proof;
mod told;

#[cfg(test)]
mod tests;

pub use named::{Aspect, Construct};
pub use proof::{Compared, Proof, Sameness, proof};

use crate::scheme::Scheme;
use crate::text::{Span, Words, words};

/// Something that changed in meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of thing it is about; in the new scheme, where it is there.
    pub what: Construct,
    /// The name that data uses for the thing; that of the old scheme where it is gone.
    pub name: String,
    /// What people call it.
    pub label: Option<String>,
    /// What is said of the thing that changed; `None` where the thing itself came, went, moved or
    /// was renamed.
    pub aspect: Option<Aspect>,
    /// How it changed.
    pub how: How,
    /// What the old scheme says; `None` where it says nothing.
    pub old: Option<Words>,
    /// What the new scheme says.
    pub new: Option<Words>,
    /// The article on which it rested.
    pub old_article: Option<String>,
    /// The article on which it rests.
    pub new_article: Option<String>,
    /// Where it stands in [`Scheme::text`] of the old scheme.
    pub old_span: Option<Span>,
    /// Where it stands in [`Scheme::text`] of the new scheme.
    pub new_span: Option<Span>,
    /// The readings under which it shows, by name and alternative; empty where it shows under those
    /// that the two schemes take.
    pub under: Vec<(String, String)>,
    /// The scheme it is in, where that is one whose results are used, and not the scheme itself.
    pub within: Option<String>,
}

/// How something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// Only the new scheme has it.
    Added,
    /// Only the old scheme has it.
    Removed,
    /// Both have it, and it says something else.
    Changed,
    /// Both have it under different names.
    Renamed,
    /// Both have it, and it acts at another place among its like.
    Moved,
}

impl How {
    /// The name in data: `added`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Renamed => "renamed",
            Self::Moved => "moved",
        }
    }
}

/// What changed in meaning from one scheme to another, thing by thing in the order of the old one.
///
/// Readings are taken as the two schemes take them ([`Checker::reading`](crate::Checker::reading)).
/// What differs only under another alternative that both have is told with it in
/// [`Change::under`], and what differs in a scheme whose results are used in [`Change::within`].
#[must_use]
pub fn difference(old: &Scheme, new: &Scheme) -> Vec<Change> {
    told::difference(old, new)
}

impl Change {
    /// The change as a sentence, without articles.
    #[must_use]
    pub fn words(&self) -> Words {
        let Words { en, zh } = self.sentence();
        let (mut before_en, mut before_zh) = (String::new(), String::new());
        if let Some(slug) = &self.within {
            before_en = format!("in {slug}, ");
            before_zh = format!("方案 {slug} 中，");
        }
        for (reading, alternative) in &self.under {
            before_en = format!("{before_en}with {reading} read as {alternative}, ");
            before_zh = format!("{before_zh}解读“{reading}”取“{alternative}”时，");
        }
        words!("{before_en}{en}", "{before_zh}{zh}")
    }

    /// The thing: its kind, what people call it and its name.
    #[must_use]
    pub fn thing(&self) -> Words {
        let Words { en, zh } = self.what.words();
        let name = &self.name;
        match &self.label {
            _ if name.is_empty() || self.what == Construct::Scheme => words!("{en}", "{zh}"),
            Some(label) if label != name => {
                words!("{en} {label} ({name})", "{zh}“{label}”（{name}）")
            }
            _ => words!("{en} {name}", "{zh}“{name}”"),
        }
    }

    fn sentence(&self) -> Words {
        let Words { en, zh } = self.thing();
        let aspect = self.aspect.map(Aspect::words);
        let (old, new) = (self.old.as_ref(), self.new.as_ref());
        match (aspect, self.how) {
            (None, How::Added) => match new {
                Some(Words {
                    en: to_en,
                    zh: to_zh,
                }) => {
                    words!("new {en}: {to_en}", "新增{zh}：{to_zh}")
                }
                None => words!("new {en}", "新增{zh}"),
            },
            (None, How::Removed) => match old {
                Some(Words {
                    en: was_en,
                    zh: was_zh,
                }) => {
                    words!("{en} is gone: {was_en}", "删去{zh}：{was_zh}")
                }
                None => words!("{en} is gone", "删去{zh}"),
            },
            (None, How::Moved) => {
                words!("{en} is looked at in another order", "{zh}的先后次序变动")
            }
            (None, How::Renamed | How::Changed) => {
                let name = |words: Option<&Words>| words.map_or("", |words| &words.en).to_owned();
                let (old, new) = (name(old), name(new));
                words!(
                    "{en} was called {old}, and is called {new}",
                    "{zh}由“{old}”改名为“{new}”"
                )
            }
            (Some(aspect), how) => {
                let (aspect_en, aspect_zh) = (aspect.en, aspect.zh);
                let none = words!("nothing", "无");
                let Words {
                    en: old_en,
                    zh: old_zh,
                } = old.unwrap_or(&none);
                let Words {
                    en: new_en,
                    zh: new_zh,
                } = new.unwrap_or(&none);
                match how {
                    How::Added => words!(
                        "{en}: {aspect_en} added: {new_en}",
                        "{zh}：新增{aspect_zh}：{new_zh}"
                    ),
                    How::Removed => words!(
                        "{en}: {aspect_en} removed: {old_en}",
                        "{zh}：取消{aspect_zh}：{old_zh}"
                    ),
                    How::Moved => words!(
                        "{en}: {aspect_en} stands at another place: {new_en}",
                        "{zh}：{aspect_zh}的先后次序变动：{new_zh}"
                    ),
                    How::Changed | How::Renamed => words!(
                        "{en}: {aspect_en} changed from “{old_en}” to “{new_en}”",
                        "{zh}：{aspect_zh}由“{old_zh}”改为“{new_zh}”"
                    ),
                }
            }
        }
    }
}
