//! Cases that the edges of a scheme ask for: each band, table line, floor, cap and comparison just
//! below, on and just above its figure; each bound of what is asked; each pattern of what may be
//! missing; each option.
//!
//! What is expected in them is what the scheme gives now. That says nothing of the regulation until
//! a person has compared the two; from then on, whoever changes the scheme notices. Absent on
//! purpose: any knowledge of how a figure comes about. Data is moved, and the evaluator says where
//! it leads; what was not reached is told.

mod data;
mod edges;
mod maker;
mod search;
mod state;
mod to_text;

use crate::input::{Given, Subject};
use crate::outcome::Outcome;
use crate::scheme::Scheme;
use crate::text::{Language, Span, Words, words};
use edges::edges;
use maker::Maker;
use state::{Ground, State};

/// How many states are tried for all edges together.
const TRIES: usize = 40_000;

/// From how many states the search begins at most.
const STARTS: usize = 12;

/// Data at an edge of a scheme, and what the scheme gives for it.
#[derive(Clone, Debug)]
pub struct BoundaryCase {
    /// What it tries: “总分恰好为95分”.
    pub name: Words,
    /// The data.
    pub subject: Subject,
    /// What comes out now, which a person must confirm.
    pub outcome: Outcome,
    /// The data by the names that the scheme uses.
    given: Vec<(String, Given)>,
}

/// An edge to which no data was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreached {
    /// Its line in [`Scheme::text`], where one is known.
    pub span: Option<Span>,
    /// What was not found.
    pub words: Words,
}

/// The cases that the edges of a scheme ask for.
#[derive(Clone, Debug, Default)]
pub struct Boundaries {
    /// Bounds of what is asked, then edges in the order of the plan, missing data, options.
    pub cases: Vec<BoundaryCase>,
    /// What no data was found for.
    pub unreached: Vec<Unreached>,
    /// How many cases are examples of the scheme already, and are not among these.
    pub known: usize,
    /// How the cases are written as examples: names of results by which they are expected.
    names: Vec<to_text::Expectable>,
    /// In which language the scheme's keywords are, and its labels.
    keywords: Language,
    labels: Language,
    /// The scheme, from which lines are shown.
    text: String,
    /// The examples that the scheme has, with what they give.
    examples: Vec<Known>,
}

/// An example of the scheme.
#[derive(Clone, Debug)]
struct Known {
    label: String,
    given: Vec<(String, Given)>,
}

impl Boundaries {
    /// The cases as examples of the scheme, with a notice in front that a person must confirm what
    /// they expect, and behind them what was not reached.
    #[must_use]
    pub fn to_text(&self) -> String {
        to_text::to_text(self)
    }

    /// The data of a case in words: by what it differs from an example, where that is little, or
    /// as an example gives it. Nothing where the language cannot write it.
    pub(super) fn data(&self, case: &BoundaryCase) -> Option<Words> {
        let entries = |given: &[(String, Given)]| to_text::given(given, self.keywords);
        let other = |example: &Known| -> Vec<(String, Given)> {
            let given = case.given.iter();
            given
                .filter(|own| !example.given.contains(own))
                .cloned()
                .collect()
        };
        let is_given = |name: &String| case.given.iter().any(|(own, _)| own == name);
        // Of examples that hold nothing besides, the one that is nearest.
        let near = self
            .examples
            .iter()
            .filter(|example| example.given.iter().all(|(name, _)| is_given(name)))
            .min_by_key(|example| other(example).len());
        let all = entries(&case.given)?.join(", ");
        if let Some(example) = near
            && case.given.len() > 3
            && other(example).len() < 3
        {
            let other = entries(&other(example))?.join(", ");
            let label = &example.label;
            return Some(words!(
                "as in the example “{label}”, but {other}",
                "同算例“{label}”，但 {other}"
            ));
        }
        Some(words!("with {all}", "{all} 时"))
    }
}

/// The cases that the edges of a scheme ask for, with what the scheme gives for each.
///
/// ```
/// let text = r#"scheme punctuality "守时考核" {
///     input late "迟到" : count
///     item attendance "出勤" out of 100 cite "二" {
///         start at 100
///         deduct 5 per late
///     }
///     grade "等次" by total {
///         from 90   => 合格
///         otherwise => 不合格
///     }
/// }"#;
/// let scheme = assize::check(text).scheme.ok_or("the text has errors")?;
/// let boundaries = assize::trial::boundaries(&scheme);
/// let names: Vec<&str> = boundaries.cases.iter().map(|case| case.name.zh.as_str()).collect();
/// assert!(names.contains(&"总分恰好为90分"));
/// assert!(boundaries.to_text().contains("given late = 2"));
/// # Ok::<(), &str>(())
/// ```
#[must_use]
pub fn boundaries(scheme: &Scheme) -> Boundaries {
    let edges = edges(scheme.model(), scheme.plan(), scheme.text());
    let places = edges.list.iter().filter_map(|edge| match &edge.mark {
        edges::Mark::Figure(mark) => mark.decimal_places(),
        edges::Mark::Node(_) => None,
    });
    let ground = Ground::new(scheme, places.max().unwrap_or(0));
    let examples: Vec<State> = scheme
        .model()
        .examples
        .iter()
        .map(|example| ground.given(&example.given))
        .collect();
    let mut starts: Vec<State> = Vec::new();
    let samples = [ground.samples(false), ground.samples(true)];
    for state in examples.iter().cloned().chain(samples) {
        let tried = ground.tried(state);
        if starts.len() < STARTS && tried.is_scored() && !starts.contains(&tried.state) {
            starts.push(tried.state);
        }
    }
    let mut maker = Maker {
        ground: &ground,
        examples,
        cases: Vec::new(),
        states: Vec::new(),
        unreached: Vec::new(),
        known: 0,
    };
    if let Some(base) = starts.first().cloned() {
        let whole = ground.whole(&base, &maker.examples);
        maker.bounds(&whole);
        let mut budget = TRIES;
        // Where more is given, more can be moved, and by smaller steps.
        starts.retain(|start| *start != whole);
        starts.insert(0, whole.clone());
        for edge in &edges.list {
            maker.edge(edge, &starts, &mut budget);
        }
        maker.missing(&base);
        maker.options(&whole);
    } else {
        maker.unreached.push(Unreached {
            span: None,
            words: words!(
                "no data was found that the scheme scores; an example shows where to begin",
                "没有找到方案能够评分的数据；请先写一个算例作为起点"
            ),
        });
    }
    for shown in edges.of_rows {
        maker.unreached.push(Unreached {
            span: None,
            words: words!(
                "what {shown} compares for each row of a list was not tried",
                "“{shown}”对列表逐行的比较未自动试算"
            ),
        });
    }
    for span in edges.in_rows {
        maker.unreached.push(Unreached {
            span: Some(span),
            words: words!(
                "this line is read for each row of a list, and was not tried",
                "本行对列表逐行判断，未自动试算"
            ),
        });
    }
    let (keywords, labels) = to_text::languages(scheme);
    let labelled = scheme.model().examples.iter().zip(&maker.examples);
    let examples = labelled.filter_map(|(example, state)| {
        Some(Known {
            label: example.label.clone()?,
            given: ground.written(state).0,
        })
    });
    let examples = examples.collect();
    Boundaries {
        cases: maker.cases,
        unreached: maker.unreached,
        known: maker.known,
        names: to_text::expectable(scheme),
        keywords,
        labels,
        text: scheme.text().to_owned(),
        examples,
    }
}
