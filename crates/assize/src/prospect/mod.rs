//! What lies ahead of one subject: the smallest changes that reach the next better grade, what each
//! lost point was lost to, and what is still possible while some figures are missing.
//!
//! Every answer is one of three: shown by data that the evaluator has scored, ruled out for all data
//! by proof, or undecided within the effort given, which is said and never passed over. Rows of
//! lists, words, days and lengths of time are taken as they are; parameters too.
//!
//! ```
//! use assize::input::Subject;
//! use assize::prospect::Movable;
//! use assize::prove::Effort;
//! use assize::text::Language;
//!
//! let text = r#"
//! scheme shop "门店服务考核" {
//!     out of 100
//!     input complaints "有效投诉" : count, lower is better
//!     item service "服务" out of 100 cite "二" {
//!         start at 100
//!         deduct 6 per complaints cite "二、1"
//!     }
//!     grade "等次" by total { from 95 => 优秀, from 80 => 合格, otherwise => 不合格 }
//! }
//! "#;
//! let scheme = assize::check(text).scheme.ok_or("the text has errors")?;
//! let prepared = scheme.prepare(Subject::default()).map_err(|refusal| refusal.message.en)?;
//! let subject = Subject::new([("complaints", 2)]);
//!
//! let ahead = prepared.next_grade(&subject, &Movable::default(), Effort::default());
//! let ahead = ahead.map_err(|_| "the subject is scored")?;
//! let told = ahead[0].to_text(Language::Chinese);
//! assert!(told.contains("有效投诉减少 2（2 改为 0）：总分 100，等次“优秀”"), "{told}");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod lost;
mod moved;
mod next;
mod possible;
mod smallest;
mod to_text;

#[cfg(test)]
mod tests;

use crate::explanation::LineKind;
use crate::explanation::in_words;
use crate::input::Subject;
use crate::model::{FigureKind, Model, Type};
use crate::number::{Mode, Rational};
use crate::outcome::Outcome;
use crate::plan::{Plan, PlannedFigure};
use crate::text::Words;
use crate::value::{Cell, Value};

/// Which data of a subject can still change. All that is given can, unless something is said here:
/// a figure that says which way is better only that way, for nobody is advised to make complaints;
/// any other in either direction. Data are named as in data, by key, name or label; of a map all
/// figures are meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Movable {
    /// Only these; all, where there are none.
    pub only: Vec<String>,
    /// These cannot fall: what has happened, as a complaint, is not undone.
    pub never_less: Vec<String>,
}

/// Why a question about a subject has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unanswered {
    /// It is not scored.
    NotScored(Box<Outcome>),
    /// The scheme asks for no such datum, or for one that is neither a figure, an answer nor an
    /// option.
    NoSuchInput(String),
}

/// Something that is known by a name and a label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name that data uses; of a figure in a map, with its option: `counts.very_satisfied`.
    pub name: String,
    /// What people read.
    pub label: String,
}

/// A figure with its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Which one.
    pub of: Named,
    /// What it is, as people read it.
    pub value: Words,
}

/// The way from a subject's grade to a better one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextGrade {
    /// The grade, and the level that the subject has.
    pub grade: Shown,
    /// The next better level; `None` where there is none.
    pub next: Option<String>,
    /// For each datum on which the grade depends, the smallest change of it alone.
    pub single: Vec<Single>,
    /// The smallest change altogether: of as few data as possible, then by the smallest sum of
    /// relative changes. A change is measured by the declared range of a figure, by the figure
    /// itself where it has no range with two ends (but by no less than its step, or 1), an option
    /// by the levels between, and an answer as 1. At the best level nothing is asked.
    pub smallest: Way,
}

/// What one datum alone can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Single {
    /// The datum and what it is now.
    pub datum: Shown,
    /// Its smallest change.
    pub way: Way,
}

/// Whether a level can be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// By this change.
    By(Change),
    /// By none: proved.
    None,
    /// Nothing was found, and it is not proved that there is nothing.
    Undecided,
}

/// A change of a subject's data. The evaluator has scored it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What changes.
    pub moves: Vec<Move>,
    /// The totals and the grade that come of it.
    pub gives: Vec<Shown>,
    /// The data after the change, by the keys that the scheme declares.
    pub subject: Subject,
    /// Whether it is proved that no change is smaller, but for one that comes nearer to
    /// [`Move::beyond`].
    pub is_smallest: bool,
    /// The sum of the relative changes.
    pub size: Rational,
}

/// The change of one datum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// Which one.
    pub of: Named,
    /// What it is now.
    pub from: Words,
    /// What it becomes.
    pub to: Words,
    /// By how much it rises, or falls where this is negative; for figures.
    pub by: Option<Rational>,
    /// For a single figure: what it must pass, where reaching it is not enough.
    pub beyond: Option<Rational>,
}

/// What the points between full marks and a total were lost to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostPoints {
    /// The total, and what the subject has.
    pub total: Shown,
    /// Its value as a figure.
    pub value: Rational,
    /// Full marks.
    pub full: Rational,
    /// What took points, the most first; then what gave some back, with negative points: floors,
    /// additions, roundings. Together they are exactly what lies between full marks and the total.
    pub entries: Vec<Lost>,
}

/// What one line took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// How many points of the total, exactly; negative where it gave points.
    pub points: Rational,
    /// The item, group or datum.
    pub of: Named,
    /// What kind of line; [`LineKind::Sum`] for weights that count for nobody, and for data that are
    /// weighed as they are.
    pub kind: LineKind,
    /// What it did.
    pub words: Words,
    /// The article that it rests on.
    pub article: Option<String>,
}

/// What can still come out while data are missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Possible {
    /// What is not given. What has a default counts as that.
    pub missing: Vec<Named>,
    /// For each grade its levels, the best first.
    pub grades: Vec<PossibleGrade>,
    /// The range of each total.
    pub totals: Vec<PossibleTotal>,
}

/// The levels of a grade.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PossibleGrade {
    /// Which grade.
    pub of: Named,
    /// Each level, the best first, and whether it can still be reached.
    pub levels: Vec<(String, Chance)>,
}

/// Whether something can still come out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chance {
    /// It can, with these data.
    With(Vec<Shown>),
    /// It cannot: proved.
    Never,
    /// Nothing was found, and it is not proved that there is nothing.
    Undecided,
}

/// Between what a total can still lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PossibleTotal {
    /// Which total.
    pub of: Named,
    /// The least.
    pub least: Extent,
    /// The greatest.
    pub greatest: Extent,
}

/// One end of what is possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Extent {
    /// It comes to exactly this, with these data.
    At(Rational, Vec<Shown>),
    /// It comes as near to this as one likes.
    Near(Rational),
    /// It has no end.
    Endless,
    /// No data lead to a total: proved.
    Nothing,
    /// Not decided; the farthest that was found.
    Undecided(Option<Rational>),
}

/// The figures that sum a scheme up: its totals, or else the groups and items that no group holds.
fn totals<'p>(model: &Model, plan: &'p Plan) -> Vec<&'p PlannedFigure> {
    let of_kind = |wanted: &dyn Fn(&FigureKind) -> bool| {
        let figures = plan.figures.iter().filter(|planned| {
            model
                .figure(planned.figure)
                .is_some_and(|figure| wanted(&figure.kind))
        });
        figures.collect::<Vec<_>>()
    };
    let totals = of_kind(&|kind| matches!(kind, FigureKind::Total(_)));
    if !totals.is_empty() {
        return totals;
    }
    let held = |planned: &PlannedFigure| {
        model.figures.iter().any(|figure| match &figure.kind {
            FigureKind::Group(group) => group.members.iter().any(
                |member| matches!(member.of, crate::model::MemberOf::Figure(id) if id == planned.figure),
            ),
            _ => false,
        })
    };
    let mut parts = of_kind(&|kind| matches!(kind, FigureKind::Group(_) | FigureKind::Item(_)));
    parts.retain(|planned| !held(planned));
    parts
}

/// The grades with their scale and whether the best level stands first.
fn grades<'p>(model: &Model, plan: &'p Plan) -> Vec<(&'p PlannedFigure, usize, bool)> {
    let grade = |planned: &'p PlannedFigure| {
        let figure = model.figure(planned.figure)?;
        let (FigureKind::Grade(grade), Type::Option(scale)) = (&figure.kind, &figure.of) else {
            return None;
        };
        let levels = model.scale(*scale)?.options.len();
        Some((planned, levels, !grade.worst_first))
    };
    plan.figures.iter().filter_map(grade).collect()
}

fn named(model: &Model, planned: &PlannedFigure) -> Named {
    let called = model.figure(planned.figure).map(|figure| &figure.called);
    Named {
        name: called.map_or_else(String::new, |called| called.key.clone()),
        label: called.map_or_else(String::new, |called| called.shown().to_owned()),
    }
}

/// A value as people read it; a figure that does not end, also rounded.
fn told(model: &Model, value: &Value, of: &Type) -> Words {
    match value {
        Value::Number(number) => {
            let text = figure(number);
            Words {
                en: text.clone(),
                zh: text,
            }
        }
        other => in_words(model, other, of),
    }
}

fn figure(number: &Rational) -> String {
    match number.decimal_places() {
        Some(_) => number.to_string(),
        None => format!("{number}（≈{}）", number.to_decimal_string(4, Mode::HalfUp)),
    }
}

/// Of totals and grades, those that have a value.
fn gives(model: &Model, plan: &Plan, cells: &[Cell], grade: &PlannedFigure) -> Vec<Shown> {
    let mut figures = totals(model, plan);
    figures.push(grade);
    let shown = |planned: &&PlannedFigure| {
        let Some(Cell::Value(value)) = cells.get(planned.value.index()) else {
            return None;
        };
        let of = &model.figure(planned.figure)?.of;
        Some(Shown {
            of: named(model, planned),
            value: told(model, value, of),
        })
    };
    figures.iter().filter_map(shown).collect()
}
