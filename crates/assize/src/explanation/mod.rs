//! Why a result is what it is: the figures from the whole to its parts, each with the lines that
//! made it, the article it rests on, and what was assumed.
//!
//! An explanation is a function of the plan and its values. Nothing is recorded while scoring, so
//! a score without an explanation costs nothing extra, and any subject can be explained later.

mod from_values;
mod rows;
mod to_text;

use serde::{Serialize, Serializer};

use crate::model::Figure;
use crate::plan::Step;
use crate::scheme::TakenReading;
use crate::text::Words;
use crate::value::to_outcome::Reading;

pub(crate) use from_values::{in_words, yes_or_no};

/// What one line of a figure did; nothing where it did not act.
pub(crate) fn line_of(
    reading: &Reading<'_>,
    step: &Step,
    figure: &Figure,
) -> Option<ExplainedLine> {
    from_values::Teller { reading }.line(step, figure)
}

/// Why the result of one subject is what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The title of the scheme, or its slug.
    pub title: String,
    /// Why there is no result, if there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ending: Option<Words>,
    /// How the document is read where it can be read in several ways.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub readings: Vec<TakenReading>,
    /// The figures: a group before its members, what is graded before the grade.
    pub figures: Vec<ExplainedFigure>,
}

/// One figure and how it came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedFigure {
    /// The name that data uses.
    pub name: String,
    /// What people read.
    pub label: String,
    /// How many groups hold it.
    pub depth: usize,
    /// Its value; absent where it has none. In JSON its English words, as a text.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_text")]
    pub value: Option<Words>,
    /// Its value rounded half up to four places, where the exact one does not terminate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// What it is out of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub out_of: Option<String>,
    /// The article it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// The words of the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// What it assumes beyond the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumed: Option<String>,
    /// What made it, line by line.
    pub lines: Vec<ExplainedLine>,
}

/// What one line did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ExplainedLine {
    /// What kind of doing.
    pub kind: LineKind,
    /// What it did, with its figures.
    pub words: Words,
    /// The running value after it, where that is not in the words. In JSON a text likewise.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "as_text")]
    pub value: Option<Words>,
    /// The article of the line, where it is another than the figure's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// The words of that article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub says: Option<String>,
    /// What it assumes beyond the document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assumed: Option<Words>,
}

/// Figures read the same in both languages, and so do options; only flags differ.
#[expect(clippy::ref_option, reason = "serde hands the field on as it is")]
fn as_text<S: Serializer>(value: &Option<Words>, serializer: S) -> Result<S::Ok, S::Error> {
    let text = value.as_ref().map(|value| value.en.as_str());
    text.serialize(serializer)
}

/// What a line does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// A rule of the document: marks, deductions, tables.
    Rule,
    /// The members of a group, added up with their weights.
    Sum,
    /// A floor that lifted the value.
    Floor,
    /// A cap that cut the value.
    Cap,
    /// A rounding.
    Rounding,
    /// A rule for missing data.
    MissingData,
}
