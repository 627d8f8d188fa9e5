//! Items, groups, totals and grades as nodes: the lines of a body act on a running value from top
//! to bottom, and each leaves a step.

use super::from_model::Builder;
use super::{
    Arithmetic, Blame, Count, NodeId, Op, PlannedFigure, Step, Weigh, WeighRule, WeighedMember,
    What,
};
use crate::model::{
    Broken, Called, FigureId, FigureKind, Grade, Group, Item, LineKind, Lines, MemberOf,
    MissingThen, Origin, Per, Test, Type,
};
use crate::number::{Mode, Rational, Step as Unit};
use crate::syntax::Sign;

impl Builder<'_> {
    pub(super) fn item(&mut self, id: FigureId, item: &Item, blame: &Blame) -> PlannedFigure {
        let mut steps = Vec::new();
        let zero = self.number(Rational::ZERO);
        let value = self.lines_of(item, zero, &mut steps, blame);
        let value = self.ends(id, item, value, &mut steps, blame);
        PlannedFigure {
            figure: id,
            value,
            fires: None,
            full: item.out_of.as_ref().map(|marks| marks.value.clone()),
            steps,
        }
    }

    pub(super) fn group(&mut self, id: FigureId, group: &Group, blame: &Blame) -> PlannedFigure {
        let mut steps = Vec::new();
        let whole = group.whole.clone();
        let members: Vec<WeighedMember> = group
            .members
            .iter()
            .map(|member| WeighedMember {
                score: self.member_node(member.of),
                weight: member.weight.clone().unwrap_or(Rational::ONE),
                full: member.full.clone().or_else(|| {
                    // Without marks a member counts as it is.
                    whole.is_none().then_some(Rational::ONE)
                }),
                weighed: self.may_shrink(member.of),
                may_not_apply: self.may_not_apply(member.of),
                called: self.called(member.of),
            })
            .collect();
        let written = members
            .iter()
            .fold(Rational::ZERO, |sum, member| sum + &member.weight);
        let by_marks = group
            .members
            .iter()
            .all(|member| member.weight == member.full);
        let rules = group
            .body
            .missing
            .iter()
            .map(|rule| WeighRule {
                when: rule.when.clone(),
                then: rule.then.clone(),
                stand_ins: self.stand_ins(&rule.then, group, blame),
                origin: rule.origin.clone(),
            })
            .collect();
        let weights = self.push(Op::Weigh(Weigh {
            members,
            whole: whole.clone().unwrap_or_else(|| written.clone()),
            full: if whole.is_none() {
                Some(written.clone())
            } else {
                group.full.clone()
            },
            by_marks,
            covered: group
                .covers
                .as_ref()
                .map_or_else(|| whole.unwrap_or(written), |(part, _, _)| part.clone()),
            rules,
        }));
        self.weights.insert(id, weights);
        let sum = self.push(Op::WeightedSum { weights });
        if !group.members.is_empty() {
            let origin = self
                .model
                .figure(id)
                .map(|figure| figure.origin.clone())
                .unwrap_or_default();
            steps.push(Step {
                what: What::Weigh { weights },
                when: None,
                after: sum,
                origin,
            });
        }
        let value = self.lines_of(&group.body, sum, &mut steps, blame);
        let value = self.ends(id, &group.body, value, &mut steps, blame);
        PlannedFigure {
            figure: id,
            value,
            fires: None,
            full: group.full.clone(),
            steps,
        }
    }

    /// The weights of a member that is a group, as planned before.
    fn planned_weights(&self, of: MemberOf) -> Option<(NodeId, &Weigh)> {
        let MemberOf::Figure(id) = of else {
            return None;
        };
        let node = *self.weights.get(&id)?;
        match self.op(node)? {
            Op::Weigh(group) => Some((node, group)),
            _ => None,
        }
    }

    fn may_not_apply(&self, of: MemberOf) -> bool {
        if let Some((_, group)) = self.planned_weights(of) {
            return !group.members.is_empty()
                && group.members.iter().all(|member| member.may_not_apply);
        }
        match of {
            MemberOf::Figure(id) => matches!(
                self.model.figure(id).map(|figure| &figure.kind),
                Some(FigureKind::Item(item)) if item.applies.is_some()
            ),
            MemberOf::Input(_) | MemberOf::Either(_) => false,
        }
    }

    fn may_shrink(&self, of: MemberOf) -> Option<NodeId> {
        let (node, group) = self.planned_weights(of)?;
        let mut members = group.members.iter();
        let shrinks = group.by_marks
            && members.any(|member| member.may_not_apply || member.weighed.is_some());
        shrinks.then_some(node)
    }

    fn called(&self, of: MemberOf) -> Called {
        match of {
            MemberOf::Input(id) => self.model.input(id).map(|input| &input.called),
            MemberOf::Either(id) => self
                .model
                .eithers
                .get(id.index())
                .map(|either| &either.called),
            MemberOf::Figure(id) => self.model.figure(id).map(|figure| &figure.called),
        }
        .cloned()
        .unwrap_or_default()
    }

    /// What each member counts as where a rule counts missing ones.
    fn stand_ins(&mut self, then: &MissingThen, group: &Group, blame: &Blame) -> Vec<NodeId> {
        match then {
            MissingThen::CountAsZero => {
                let zero = self.number(Rational::ZERO);
                vec![zero; group.members.len()]
            }
            MissingThen::CountAsFull => group
                .members
                .iter()
                .map(|member| match &member.full {
                    Some(full) => self.number(full.clone()),
                    None => self.push(Op::NoBranch),
                })
                .collect(),
            MissingThen::CountAs(value) => {
                let value = self.expr(*value, blame);
                vec![value; group.members.len()]
            }
            MissingThen::WeighEqually
            | MissingThen::ShareEqually
            | MissingThen::ShareInProportion
            | MissingThen::GiveTo(_)
            | MissingThen::Weights(_)
            | MissingThen::NoValue
            | MissingThen::Stop(_) => Vec::new(),
        }
    }

    fn lines_of(
        &mut self,
        item: &Item,
        start: NodeId,
        steps: &mut Vec<Step>,
        blame: &Blame,
    ) -> NodeId {
        let mut value = start;
        for line in &item.lines {
            let (mut after, what) = self.line(&line.kind, value, blame);
            let when = line.when.map(|when| self.expr(when, blame));
            if let Some(condition) = when {
                after = self.push(Op::Select {
                    condition,
                    then: after,
                    otherwise: value,
                });
            }
            steps.push(Step {
                what,
                when,
                after,
                origin: line.origin.clone(),
            });
            value = after;
        }
        value
    }

    fn line(&mut self, kind: &LineKind, before: NodeId, blame: &Blame) -> (NodeId, What) {
        match kind {
            LineKind::StartAt(value) => (self.expr(*value, blame), What::StartAt),
            LineKind::Score(value) => {
                let (uses, formula) = (self.uses(*value), self.formula(*value));
                (self.expr(*value, blame), What::Value { uses, formula })
            }
            LineKind::ScoreBy { by, lines, tally } => {
                let (after, key) = self.score_by(*by, lines, *tally, blame);
                let (shown, of) = self.key_shown(*by);
                (after, What::Lookup { key, shown, of })
            }
            LineKind::MultiplyBy(by) => {
                let by = self.expr(*by, blame);
                let after = self.push(Op::Arithmetic(Arithmetic::Times, before, by));
                (after, What::Multiply { by })
            }
            LineKind::NotBelow(bound) => {
                let bound = self.expr(*bound, blame);
                let after = self.push(Op::AtLeast { of: before, bound });
                (
                    after,
                    What::AtLeast {
                        before,
                        bound,
                        implied: false,
                    },
                )
            }
            LineKind::NotAbove(bound) => {
                let bound = self.expr(*bound, blame);
                let after = self.push(Op::AtMost { of: before, bound });
                (after, What::AtMost { before, bound })
            }
            LineKind::Round(mode, to) => {
                let after = self.push(Op::Round {
                    of: before,
                    mode: *mode,
                    to: to.clone(),
                });
                let what = What::Round {
                    before,
                    mode: *mode,
                    to: to.clone(),
                };
                (after, what)
            }
            LineKind::Change { sign, amount, per } => {
                let amount = self.expr(*amount, blame);
                let (count, delta) = match per {
                    Some(per) => self.counted(per, amount, blame),
                    None => (None, amount),
                };
                let arithmetic = match sign {
                    Sign::Add => Arithmetic::Plus,
                    Sign::Deduct => Arithmetic::Minus,
                };
                let after = self.push(Op::Arithmetic(arithmetic, before, delta));
                let what = What::Change {
                    sign: *sign,
                    amount,
                    count,
                    delta,
                };
                (after, what)
            }
        }
    }

    /// What the key of a table is called, and its type.
    pub(super) fn key_shown(&self, key: crate::model::ExprId) -> (String, Type) {
        let shown = self
            .model
            .expr(key)
            .and_then(|expr| self.model.shown(&expr.kind));
        (shown.unwrap_or_default(), self.of(key))
    }

    /// min(M, N · units(max(0, X − K))).
    fn counted(&mut self, per: &Per, amount: NodeId, blame: &Blame) -> (Option<Count>, NodeId) {
        let of = self.expr(per.of, blame);
        let mut count = of;
        let beyond = per.beyond.map(|beyond| self.expr(beyond, blame));
        if let Some(beyond) = beyond {
            count = self.push(Op::Arithmetic(Arithmetic::Minus, count, beyond));
        }
        // A count is never negative; ten minutes early are no minutes late.
        if per.beyond.is_some() || per.of_size.is_some() {
            let bound = self.number(Rational::ZERO);
            count = self.push(Op::AtLeast { of: count, bound });
        }
        let size = per
            .of_size
            .map(|(size, broken)| (self.expr(size, blame), broken));
        if let Some((size, broken)) = size {
            let units = self.push(Op::Divide {
                a: count,
                b: size,
                blame: blame.clone(),
            });
            let mode = match broken {
                Broken::Dropped => Some(Mode::Floor),
                Broken::Whole => Some(Mode::Ceiling),
                Broken::Fraction => None,
            };
            count = match mode {
                Some(mode) => self.push(Op::Round {
                    of: units,
                    mode,
                    to: Unit::places(0),
                }),
                None => units,
            };
        }
        let mut delta = self.push(Op::Arithmetic(Arithmetic::Times, amount, count));
        let mut at_most = None;
        if let Some(most) = per.at_most {
            let bound = self.expr(most, blame);
            at_most = Some((bound, delta));
            delta = self.push(Op::AtMost { of: delta, bound });
        }
        let shown = self
            .model
            .expr(per.of)
            .and_then(|expr| self.model.shown(&expr.kind))
            .unwrap_or_default();
        let count = Count {
            times: count,
            of,
            shown,
            beyond,
            size,
            at_most,
        };
        (Some(count), delta)
    }

    fn score_by(
        &mut self,
        by: crate::model::ExprId,
        lines: &Lines,
        tally: Option<crate::model::InputId>,
        blame: &Blame,
    ) -> (NodeId, NodeId) {
        let key = self.expr(by, blame);
        let planned = self.lines(lines, blame);
        let Some(tally) = tally else {
            return (self.lookup(planned, key, blame), key);
        };
        let Some(input) = self.model.input(tally) else {
            return (key, key);
        };
        let Type::Map(scale, _) = &input.of else {
            return (key, key);
        };
        let options = self
            .model
            .scale(*scale)
            .map_or(0, |scale| scale.options.len());
        let points = (0..options)
            .map(|option| self.points_of(lines, option, blame))
            .collect();
        let counted = self.push(Op::MeanOfTally {
            tally: self.input_node(tally),
            points,
            blame: Blame {
                field: input.called.key.clone(),
                shown: input.called.shown().to_owned(),
            },
        });
        let single = match self.model.expr(by).map(|expr| &expr.kind) {
            Some(crate::model::ExprKind::Either(either)) => self
                .model
                .eithers
                .get(either.index())
                .and_then(|either| either.inputs.iter().find(|input| **input != tally))
                .copied(),
            _ => None,
        };
        let Some(single) = single else {
            return (counted, key);
        };
        let single = self.input_node(single);
        let looked_up = self.lookup(planned, single, blame);
        let condition = self.push(Op::Given(single));
        let after = self.push(Op::Select {
            condition,
            then: looked_up,
            otherwise: counted,
        });
        (after, key)
    }

    /// What a line gives for one option.
    fn points_of(&mut self, lines: &Lines, option: usize, blame: &Blame) -> NodeId {
        if let Lines::Rows { rows, .. } = lines {
            for row in rows {
                let holds = match &row.test {
                    Test::Is(list) => list.iter().any(|id| {
                        matches!(
                            self.model.expr(*id).map(|expr| &expr.kind),
                            Some(crate::model::ExprKind::Option(index)) if *index as usize == option
                        )
                    }),
                    Test::Otherwise => true,
                    Test::From(_)
                    | Test::Above(_)
                    | Test::UpTo(_)
                    | Test::Below(_)
                    | Test::Within(..)
                    | Test::Bounded(..)
                    | Test::Several(_)
                    | Test::Missing => false,
                };
                if holds {
                    return self.expr(row.outcome, blame);
                }
            }
        }
        self.push(Op::NoBranch)
    }

    /// What ends a body: the floor and the cap of the full marks, unless they are lifted; then the
    /// missing-data rules and `applies when`.
    fn ends(
        &mut self,
        id: FigureId,
        item: &Item,
        mut value: NodeId,
        steps: &mut Vec<Step>,
        blame: &Blame,
    ) -> NodeId {
        let origin = self
            .model
            .figure(id)
            .map(|figure| figure.origin.clone())
            .unwrap_or_default();
        let full = item.out_of.as_ref().map(|marks| marks.value.clone());
        if let Some(origin) = &item.may_go_below_zero {
            steps.push(Step {
                what: What::MayPass {
                    mark: Rational::ZERO,
                    below: true,
                },
                when: None,
                after: value,
                origin: origin.clone(),
            });
        } else if full.is_some() && !item.lines.is_empty() {
            let bound = self.number(Rational::ZERO);
            let after = self.push(Op::AtLeast { of: value, bound });
            steps.push(Step {
                what: What::AtLeast {
                    before: value,
                    bound,
                    implied: true,
                },
                when: None,
                after,
                origin: Origin {
                    says: None,
                    assumed: None,
                    ..origin.clone()
                },
            });
            value = after;
        }
        if let Some(full) = full
            && !item.lines.is_empty()
        {
            if let Some(origin) = &item.may_exceed {
                steps.push(Step {
                    what: What::MayPass {
                        mark: full,
                        below: false,
                    },
                    when: None,
                    after: value,
                    origin: origin.clone(),
                });
            } else {
                let bound = self.number(full);
                let after = self.push(Op::AtMost { of: value, bound });
                steps.push(Step {
                    what: What::AtMost {
                        before: value,
                        bound,
                    },
                    when: None,
                    after,
                    origin: Origin {
                        says: None,
                        assumed: None,
                        ..origin
                    },
                });
                value = after;
            }
        }
        if !self.weights.contains_key(&id) {
            value = self.item_missing(item, value, steps, blame);
        }
        if let Some(when) = item.applies {
            let when = self.expr(when, blame);
            value = self.push(Op::Applies { when, of: value });
        }
        value
    }

    /// The missing-data rules of an item; those of a group stand in its weights.
    fn item_missing(
        &mut self,
        item: &Item,
        mut value: NodeId,
        steps: &mut Vec<Step>,
        blame: &Blame,
    ) -> NodeId {
        for rule in &item.missing {
            let then = match &rule.then {
                MissingThen::CountAsZero => self.number(Rational::ZERO),
                MissingThen::CountAsFull => match &item.out_of {
                    Some(full) => self.number(full.value.clone()),
                    None => continue,
                },
                MissingThen::CountAs(other) => self.expr(*other, blame),
                MissingThen::Stop(stop) => self.push(Op::Stop(*stop)),
                MissingThen::NoValue
                | MissingThen::WeighEqually
                | MissingThen::ShareEqually
                | MissingThen::ShareInProportion
                | MissingThen::GiveTo(_)
                | MissingThen::Weights(_) => continue,
            };
            let after = self.push(Op::IfMissing { of: value, then });
            steps.push(Step {
                what: What::IfMissing { before: value },
                when: None,
                after,
                origin: rule.origin.clone(),
            });
            value = after;
        }
        value
    }

    pub(super) fn grade(&mut self, id: FigureId, grade: &Grade, blame: &Blame) -> PlannedFigure {
        let figure_origin = self
            .model
            .figure(id)
            .map(|figure| figure.origin.clone())
            .unwrap_or_default();
        let key = self.expr(grade.by, blame);
        let lines = self.lines(&grade.lines, blame);
        let mut value = self.lookup(lines, key, blame);
        if let Some(table) = grade.using {
            self.plan.tables.push((value, table));
        }
        let (shown, of) = self.key_shown(grade.by);
        let mut steps = vec![Step {
            what: What::Lookup { key, shown, of },
            when: None,
            after: value,
            origin: figure_origin,
        }];
        if let Some(Type::Option(scale)) = self.model.figure(id).map(|figure| figure.of.clone()) {
            let levels = self
                .model
                .scale(scale)
                .map_or(0, |scale| u32::try_from(scale.options.len()).unwrap_or(0));
            for adjustment in &grade.adjustments {
                let when = self.expr(adjustment.when, blame);
                let before = value;
                value = self.push(Op::Adjusted {
                    when,
                    of: before,
                    what: adjustment.what,
                    levels,
                    worst_first: grade.worst_first,
                });
                steps.push(Step {
                    what: What::Adjust {
                        before,
                        label: adjustment.label.clone(),
                    },
                    when: Some(when),
                    after: value,
                    origin: adjustment.origin.clone(),
                });
            }
        }
        PlannedFigure {
            figure: id,
            value,
            fires: None,
            full: None,
            steps,
        }
    }
}
