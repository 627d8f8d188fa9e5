//! The cases that edges, bounds, missing data and options ask for, each with its name.

use super::edges::{self, Edge, amount};
use super::search::nearest;
use super::state::{Ground, State, Tried, at_ordinal, ordinal};
use super::{BoundaryCase, Unreached};
use crate::model::{InputId, Type};
use crate::number::Rational;
use crate::text::{Language, Words, words};
use crate::value::Value;

/// How many patterns of missing data are tried.
const PATTERNS: usize = 64;

/// What has been found so far.
pub(super) struct Maker<'g, 'a> {
    pub(super) ground: &'g Ground<'a>,
    pub(super) examples: Vec<State>,
    pub(super) cases: Vec<BoundaryCase>,
    /// The states of the cases.
    pub(super) states: Vec<State>,
    pub(super) unreached: Vec<Unreached>,
    pub(super) known: usize,
}

impl Maker<'_, '_> {
    /// Adds a case; one whose data another case has already takes its name as well.
    fn add(&mut self, name: Words, tried: Tried) {
        if self.examples.contains(&tried.state) {
            self.known = self.known.saturating_add(1);
            return;
        }
        let same = self.states.iter().position(|state| *state == tried.state);
        if let Some(case) = same.and_then(|place| self.cases.get_mut(place)) {
            let Words { en, zh } = name;
            let own = case.name.clone();
            if !own.en.split("; ").any(|known| known == en) {
                let (own_en, own_zh) = (own.en, own.zh);
                case.name = words!("{own_en}; {en}", "{own_zh}；{zh}");
            }
            return;
        }
        let (given, subject) = self.ground.written(&tried.state);
        // What data holds must come to the same as the state that stood for it.
        let outcome = self.ground.scheme.evaluate(&subject);
        if outcome != tried.outcome {
            let Words { en, zh } = name;
            self.unreached.push(Unreached {
                span: None,
                words: words!(
                    "{en}: data cannot be written that comes to this",
                    "{zh}：无法写成能得到这一情形的数据"
                ),
            });
            return;
        }
        self.states.push(tried.state);
        self.cases.push(BoundaryCase {
            name,
            subject,
            outcome,
            given,
        });
    }

    /// Each bound of what is asked: on it, and a step to either side.
    pub(super) fn bounds(&mut self, base: &State) {
        let ground = self.ground;
        let from = ground.tried(base.clone());
        for place in ground.places(base) {
            if ground.at(base, &place).and_then(ordinal).is_none() {
                continue;
            }
            let reach = ground.reach_in(&from, &place);
            let shown = &place.shown;
            let ends = [
                (
                    &reach.low,
                    Rational::from_integer(-1),
                    words!("lower", "下限"),
                ),
                (&reach.high, Rational::ONE, words!("upper", "上限")),
            ];
            for (end, outwards, Words { en, zh }) in ends {
                let Some((end, _)) = end else { continue };
                let is_count = matches!(place.of, Type::Count | Type::Duration);
                let natural = is_count && end.is_zero() && outwards.is_negative();
                let step = &reach.step * &outwards;
                let figure = amount(ground.model, end, place.of);
                let (figure_en, figure_zh) = (figure.en, figure.zh);
                let shown_as = |value: &Rational| amount(ground.model, value, place.of);
                let (inner, outer) = (end - &step, end + &step);
                let (inside, outside) = (shown_as(&inner), shown_as(&outer));
                let (inside_en, inside_zh) = (inside.en, inside.zh);
                let (outside_en, outside_zh) = (outside.en, outside.zh);
                let beside = [
                    (
                        end.clone(),
                        words!(
                            "{shown} {figure_en}, its {en} bound",
                            "{shown}为{zh}{figure_zh}"
                        ),
                    ),
                    (
                        inner,
                        words!(
                            "{shown} {inside_en}, just inside its {en} bound {figure_en}",
                            "{shown}为{inside_zh}，紧靠{zh}{figure_zh}"
                        ),
                    ),
                    (
                        outer,
                        words!(
                            "{shown} {outside_en}, just beyond its {en} bound {figure_en}",
                            "{shown}为{outside_zh}，超出{zh}{figure_zh}"
                        ),
                    ),
                ];
                // Nothing lies below a count of 0.
                let most = if natural { 2 } else { 3 };
                for (value, name) in beside.into_iter().take(most) {
                    if let Some(value) = at_ordinal(place.of, &value) {
                        let tried = ground.tried(ground.moved(base, &place, value));
                        self.add(name, tried);
                    }
                }
            }
        }
    }

    /// One edge: just below, on, just above.
    pub(super) fn edge(&mut self, edge: &Edge, starts: &[State], budget: &mut usize) {
        let ground = self.ground;
        if *budget == 0 {
            let Words { en, zh } = &edge.shown;
            self.unreached.push(Unreached {
                span: edge.span,
                words: words!(
                    "{en}: not searched, as the search was ended before it",
                    "{zh}：搜索次数已用完，此处未搜索"
                ),
            });
            return;
        }
        let found = nearest(ground, edge, starts, budget);
        let Words { en, zh } = edge.shown.clone();
        let (mark_en, mark_zh) = (&edge.mark_shown.en, &edge.mark_shown.zh);
        let mut absent: Vec<Words> = Vec::new();
        let value = |tried: &Tried| {
            let figure = edges::on_line(tried, edge.figure);
            figure.map_or_else(
                || words!("", ""),
                |figure| amount(ground.model, &figure, &edge.of),
            )
        };
        match found.below {
            Some((_, tried)) => {
                let Words {
                    en: own,
                    zh: own_zh,
                } = value(&tried);
                let name = words!(
                    "{en} just below {mark_en}: {own}",
                    "{zh}略低于{mark_zh}：{own_zh}"
                );
                self.add(name, tried);
            }
            None => absent.push(words!("below", "低于")),
        }
        match found.on {
            Some(tried) => {
                let name = words!("{en} exactly {mark_en}", "{zh}恰好为{mark_zh}");
                self.add(name, tried);
            }
            None => absent.push(words!("exactly", "恰好为")),
        }
        match found.above {
            Some((_, tried)) => {
                let Words {
                    en: own,
                    zh: own_zh,
                } = value(&tried);
                let name = words!(
                    "{en} just above {mark_en}: {own}",
                    "{zh}略高于{mark_zh}：{own_zh}"
                );
                self.add(name, tried);
            }
            None => absent.push(words!("above", "高于")),
        }
        if !absent.is_empty() {
            let list = |language| {
                let each = absent.iter().map(|words| words.in_language(language));
                each.collect::<Vec<_>>()
            };
            let (sides_en, sides_zh) = (
                list(Language::English).join(" or "),
                list(Language::Chinese).join("、"),
            );
            self.unreached.push(Unreached {
                span: edge.span,
                words: words!(
                    "{en}: no data was found that brings it {sides_en} {mark_en}",
                    "{zh}：没有找到使其{sides_zh}{mark_zh}的数据"
                ),
            });
        }
    }

    /// Each pattern of what need not be given, as far as there are not too many.
    pub(super) fn missing(&mut self, base: &State) {
        let ground = self.ground;
        let model = ground.model;
        let mut whole = base.clone();
        // What may be absent: inputs by themselves, and alternatives, of which one is given.
        let mut parts: Vec<Vec<usize>> = Vec::new();
        for (index, input) in model.inputs.iter().enumerate() {
            if input.parameter || input.only_when.is_some() {
                continue;
            }
            match input.either {
                Some(either) => {
                    let either = model.eithers.get(either.index());
                    let members = either.map_or(&[][..], |either| either.inputs.as_slice());
                    if members.first().map(|id: &InputId| id.index()) == Some(index) {
                        parts.push(members.iter().map(|id| id.index()).collect());
                    }
                }
                None if input.optional => parts.push(vec![index]),
                None => {}
            }
        }
        for part in &parts {
            let given = part.iter().any(|input| ground.is_given(&whole, *input));
            if let (false, Some(first)) = (given, part.first()) {
                let from_example = self.examples.iter().find_map(|example| {
                    example
                        .cells
                        .get(*first)
                        .filter(|_| ground.is_given(example, *first))
                });
                match (from_example.cloned(), whole.cells.get_mut(*first)) {
                    (Some(cell), Some(own)) => *own = cell,
                    _ => {
                        ground.fill(&mut whole, *first, true);
                    }
                }
            }
        }
        let single: Vec<usize> = parts
            .iter()
            .filter_map(|part| match part.as_slice() {
                [one] => Some(*one),
                _ => None,
            })
            .collect();
        let (patterns, all) = patterns(single.len());
        if !single.is_empty() {
            for pattern in patterns {
                let mut state = whole.clone();
                let mut absent = Vec::new();
                for place in pattern {
                    if let Some(input) = single.get(place) {
                        ground.clear(&mut state, *input);
                        let input = model.inputs.get(*input);
                        absent.extend(input.map(|input| input.called.shown()));
                    }
                }
                let (en, zh) = (absent.join(", "), absent.join("、"));
                let name = match absent.len() {
                    0 => words!("nothing missing", "各项齐全"),
                    _ => words!("missing: {en}", "缺{zh}"),
                };
                let tried = ground.tried(state);
                self.add(name, tried);
            }
            if !all {
                let count = single.len();
                self.unreached.push(Unreached {
                    span: None,
                    words: words!(
                        "{count} figures may be missing; only {PATTERNS} patterns of them were tried",
                        "可缺的共 {count} 项，只试算了其中 {PATTERNS} 种缺项情形"
                    ),
                });
            }
        }
        for part in parts.iter().filter(|part| part.len() > 1) {
            for chosen in part {
                let mut state = whole.clone();
                for other in part.iter().filter(|other| *other != chosen) {
                    ground.clear(&mut state, *other);
                }
                if !ground.is_given(&state, *chosen) {
                    ground.fill(&mut state, *chosen, true);
                }
                let Some(input) = model.inputs.get(*chosen) else {
                    continue;
                };
                let shown = input.called.shown();
                let tried = ground.tried(state);
                self.add(words!("given by {shown}", "以{shown}填报"), tried);
            }
        }
    }

    /// Each option of what has options, and yes and no.
    pub(super) fn options(&mut self, base: &State) {
        let ground = self.ground;
        for place in ground.places(base) {
            let values: Vec<Value> = match place.of {
                Type::Flag => vec![Value::Flag(true), Value::Flag(false)],
                Type::Option(scale) => {
                    let scale = ground.model.scale(*scale);
                    let count = scale.map_or(0, |scale| scale.options.len());
                    let options = 0..u32::try_from(count).unwrap_or(0);
                    options.map(Value::Option).collect()
                }
                _ => continue,
            };
            for value in values {
                let shown = &place.shown;
                let Words { en, zh } = crate::explanation::in_words(ground.model, &value, place.of);
                let name = words!("{shown}: {en}", "{shown}为{zh}");
                let tried = ground.tried(ground.moved(base, &place, value));
                self.add(name, tried);
            }
        }
    }
}

/// Which of so many may be missing at once, the fewest first; and whether these are all patterns.
fn patterns(count: usize) -> (Vec<Vec<usize>>, bool) {
    let mut patterns: Vec<Vec<usize>> = vec![Vec::new()];
    let mut last: Vec<Vec<usize>> = vec![Vec::new()];
    while !last.is_empty() {
        let mut next = Vec::new();
        for pattern in &last {
            let from = pattern.last().map_or(0, |last| last.saturating_add(1));
            for place in from..count {
                let mut longer = pattern.clone();
                longer.push(place);
                next.push(longer);
            }
            if next.len() > PATTERNS {
                break;
            }
        }
        patterns.extend(next.iter().cloned());
        if patterns.len() > PATTERNS {
            // All at once is tried whatever else is left out.
            patterns.truncate(PATTERNS.saturating_sub(1));
            patterns.push((0..count).collect());
            return (patterns, false);
        }
        last = next;
    }
    (patterns, true)
}
