//! Groups and totals: members, weights, and rules for missing data.

use super::codes;
use super::expressions::{joined, path_span, percent, quantity_value};
use super::from_syntax::Builder;
use super::names::Named;
use super::types::{Clash, Type};
use super::{
    ExprId, ExprKind, FigureId, FigureKind, Group, Item, Marks, Member, MemberOf, MissingRule,
    MissingThen, MissingWhen, Origin, Stop,
};
use crate::diagnostic::Diagnostic;
use crate::number::Rational;
use crate::syntax::{self, Block, Kind, MissingPattern, Statement};
use crate::text::{Span, words};

impl<'a> Builder<'a> {
    /// `full marks of inspection`
    pub(super) fn full_marks(&mut self, path: &syntax::Path, span: Span) -> ExprId {
        let found = match self.names.find(&joined(path)) {
            Some(Named::Figure(id)) => self.model.figure(id).map(|figure| (id, &figure.kind)),
            _ => None,
        };
        let marks = match found {
            Some((_, FigureKind::Item(item))) => item.out_of.as_ref().map(|marks| {
                let marks = marks.value.clone();
                (ExprKind::Number(marks), Type::Points)
            }),
            Some((id, FigureKind::Group(group) | FigureKind::Total(group))) => {
                let any = group.full.is_some();
                any.then_some((ExprKind::FullMarks(id), Type::Points))
            }
            Some((_, FigureKind::Unknown)) => Some((ExprKind::Unknown, Type::Unknown)),
            _ => None,
        };
        let (kind, of) = marks.unwrap_or_else(|| {
            self.say(Diagnostic::new(
                &codes::TYPE_MISMATCH,
                span,
                words!(
                    "only an item, a group or the total with marks has full marks",
                    "只有写明满分的指标、组和总分才有满分"
                ),
            ));
            (ExprKind::Unknown, Type::Unknown)
        });
        self.push(kind, of, span)
    }

    pub(super) fn group(
        &mut self,
        id: FigureId,
        block: Option<&'a Block>,
        out_of: Option<Marks>,
        is_total: bool,
    ) -> Group {
        let mut members: Vec<Member> = Vec::new();
        let mut weights = false;
        let mut marks = false;
        let mut unknown = false;
        if let (Some(block), false) = (block, is_total) {
            for statement in self.chosen(&block.statements) {
                let weight = match &statement.kind {
                    Kind::Item(_) | Kind::Group(_) => {
                        marks = true;
                        None
                    }
                    Kind::Weight { weight, member } => {
                        weights = true;
                        let name = joined(member);
                        if self.names.find(&name).is_none() {
                            self.unknown_name(&name, path_span(member));
                            unknown = true;
                        }
                        Some(weight)
                    }
                    _ => continue,
                };
                let Some(of) = self.member_of(statement) else {
                    continue;
                };
                let weight = weight.map(|weight| self.weight(weight));
                members.push(Member {
                    of,
                    weight,
                    full: self.full_of(of),
                    origin: self.origin(statement),
                });
            }
        } else {
            let own = self.members.of_group(id).to_vec();
            for of in own {
                let origin = match of {
                    MemberOf::Figure(figure) => self
                        .model
                        .figure(figure)
                        .map(|figure| figure.origin.clone())
                        .unwrap_or_default(),
                    MemberOf::Input(_) | MemberOf::Either(_) => Origin::default(),
                };
                marks = true;
                members.push(Member {
                    of,
                    weight: None,
                    full: self.full_of(of),
                    origin,
                });
            }
        }
        if weights && marks {
            self.say(Diagnostic::new(
                &codes::WEIGHTS_AND_MARKS,
                block.map_or(Span::default(), |block| block.span),
                words!(
                    "a group weighs its members either by marks (`out of`) or by percentages, not both",
                    "一个组要么按满分、要么按百分比计权，不能混用"
                ),
            ));
        }
        let covers = block.and_then(|block| {
            self.chosen(&block.statements)
                .into_iter()
                .find_map(|statement| match &statement.kind {
                    Kind::Covers { part, whole, label } => {
                        let mut origin = self.origin(statement);
                        if origin.assumed.is_none() {
                            origin.assumed = label.as_ref().map(|label| label.text.clone());
                        }
                        Some((quantity_value(part).0, quantity_value(whole).0, origin))
                    }
                    _ => None,
                })
        });
        let marks_of = out_of.as_ref().map(|marks| marks.value.clone());
        let (whole, full) = if weights {
            let common = if marks {
                None
            } else {
                self.common_bound(&members)
            };
            (Some(Rational::ONE), marks_of.or(common))
        } else {
            for member in &mut members {
                member.weight = member.full.clone();
            }
            let sum = members.iter().try_fold(Rational::ZERO, |sum, member| {
                Some(sum + member.weight.as_ref()?)
            });
            let whole = marks_of.or(sum);
            (whole.clone(), whole)
        };
        let covers = covers.map(|(part, all, origin)| {
            // 60 of 100 is 60 % where the members have percentages.
            if weights && all > Rational::ONE {
                (part * percent(), all * percent(), origin)
            } else {
                (part, all, origin)
            }
        });
        let lost = unknown
            || match (block, is_total) {
                (Some(block), false) => self.may_lose_a_member(&block.statements),
                _ => self.may_lose_a_member(&self.tree.scheme.body.statements),
            };
        // Where a member could not be understood, nobody knows what the others should add up to.
        let (whole, covers) = if lost { (None, None) } else { (whole, covers) };
        let all = covers.as_ref().map(|(_, all, _)| all.clone());
        let full = match (&all, &out_of) {
            // Marks that the text leaves out belong to the full marks.
            (Some(all), None) if !weights => Some(all.clone()),
            _ => full,
        };
        // What could not be read may weigh something: then nobody knows what the others add up to.
        let around = match block {
            Some(block) if !is_total => block,
            _ => &self.tree.scheme.body,
        };
        let unread = around
            .statements
            .iter()
            .any(|statement| matches!(statement.kind, Kind::Hole(_)));
        let mut group = Group {
            members,
            whole: all.or(whole).filter(|_| !unread),
            full,
            covers,
            body: Item::default(),
        };
        if let Some(block) = block {
            group.body = self.body(block, Some(&group.members));
        }
        group.body.out_of = out_of;
        if marks {
            // The listed percentages are of all the marks.
            for rule in &mut group.body.missing {
                if let (MissingThen::Weights(listed), Some(whole)) = (&mut rule.then, &group.whole)
                {
                    for weight in listed {
                        *weight = &*weight * whole;
                    }
                }
            }
        }
        group
    }

    /// A weight as a share. Without its sign, 50 is taken for 50 %, and 0.5 too, so that the sum
    /// of the weights is not reported as well.
    /// Whether a statement that could not be read may declare a member.
    fn may_lose_a_member(&self, statements: &[Statement]) -> bool {
        statements.iter().any(|statement| {
            let Kind::Hole(hole) = &statement.kind else {
                return false;
            };
            let written = statement.head.of(self.text);
            let first = written.split_whitespace().next().unwrap_or("");
            let elsewhere = [
                "choice",
                "选项",
                "input",
                "输入",
                "parameter",
                "参数",
                "table",
                "对照表",
                "grade",
                "等级",
                "total",
                "总分",
                "example",
                "算例",
                "result",
                "结果",
            ];
            let line = written.contains(['%', '％']);
            !elsewhere.contains(&first) && (hole.body.is_some() || line)
        })
    }

    fn weight(&mut self, weight: &syntax::Quantity) -> Rational {
        let (value, _) = quantity_value(weight);
        if weight.percent {
            return value;
        }
        let share = if value > Rational::ONE {
            value * percent()
        } else {
            value
        };
        let shown = share.clone() * Rational::from_integer(100);
        self.say(
            Diagnostic::new(
                &codes::WEIGHT_WITHOUT_PERCENT,
                weight.span,
                words!(
                    "a weight is a percentage; did you mean `{shown}%`?",
                    "权重应为百分比，是否想写“{shown}%”？"
                ),
            )
            .with_fix(weight.span, format!("{shown}%")),
        );
        share
    }

    /// fᵢ: what a member is out of, where that is known.
    fn full_of(&mut self, of: MemberOf) -> Option<Rational> {
        match of {
            MemberOf::Input(id) => {
                self.used.insert(id);
                let at = self.model.input(id)?.high.as_ref()?.at;
                self.constant(at)
            }
            MemberOf::Either(id) => {
                let inputs = self.model.eithers.get(id.index())?.inputs.clone();
                let mut bound = None;
                for input in inputs {
                    let own = self.full_of(MemberOf::Input(input))?;
                    if bound.get_or_insert_with(|| own.clone()) != &own {
                        return None;
                    }
                }
                bound
            }
            MemberOf::Figure(id) => match &self.model.figure(id)?.kind {
                FigureKind::Item(item) => item.out_of.as_ref().map(|marks| marks.value.clone()),
                FigureKind::Group(group) | FigureKind::Total(group) => group.full.clone(),
                FigureKind::Unknown
                | FigureKind::Let(_)
                | FigureKind::Grade(_)
                | FigureKind::Consequence(_)
                | FigureKind::Require(_)
                | FigureKind::Each(_) => None,
            },
        }
    }

    fn common_bound(&mut self, members: &[Member]) -> Option<Rational> {
        let mut common: Option<(Rational, Span)> = None;
        for member in members {
            let Some(full) = member.full.clone() else {
                continue;
            };
            match &common {
                None => common = Some((full, member.origin.span)),
                Some((first, span)) if *first != full => {
                    let (first, span) = (first.clone(), *span);
                    self.say(
                        Diagnostic::new(
                            &codes::BOUNDS_DIFFER,
                            member.origin.span,
                            words!(
                                "this member goes up to {full}, another of the group up to {first}: their percentages cannot be added",
                                "这一项最高 {full}，同组另一项最高 {first}，不能直接按百分比相加"
                            ),
                        )
                        .with_label(span, words!("up to {first}", "最高 {first}"))
                        .with_help(words!(
                            "bring them to one scale first with `let`",
                            "请先用“令”换算到同一满分"
                        )),
                    );
                    return Some(first);
                }
                Some(_) => {}
            }
        }
        common.map(|(full, _)| full)
    }

    pub(super) fn group_type(&mut self, group: &Group) -> Type {
        let mut of = Type::Nothing;
        for member in &group.members {
            let own = match member.of {
                MemberOf::Input(id) => self.model.input(id).map(|input| input.of.clone()),
                MemberOf::Either(_) => None,
                MemberOf::Figure(id) => self.model.figure(id).map(|figure| figure.of.clone()),
            }
            .unwrap_or(Type::Unknown);
            of = match of.join(&own) {
                Ok(joined) if joined.is_numeric() => joined,
                Ok(_) | Err(Clash::Kinds) => {
                    let (en, zh) = own.words();
                    self.say(Diagnostic::new(
                        &codes::TYPE_MISMATCH,
                        member.origin.span,
                        words!(
                            "this is {en}; a figure belongs here",
                            "这是{zh}，此处应为数值"
                        ),
                    ));
                    Type::Unknown
                }
                Err(Clash::MoneyWithPlain | Clash::RatioWithPlain | Clash::TimeWithPlain) => {
                    self.say(Diagnostic::new(
                        &codes::UNITS_MIXED,
                        member.origin.span,
                        words!(
                            "the members of a group have one unit, and this one differs",
                            "同组各项单位应一致，而这一项不同"
                        ),
                    ));
                    Type::Unknown
                }
            };
        }
        match of {
            Type::Count | Type::Nothing => Type::Number,
            other => other,
        }
    }

    pub(super) fn missing(
        &mut self,
        pattern: &MissingPattern,
        then: &'a syntax::MissingThen,
        statement: &'a Statement,
        members: Option<&[Member]>,
    ) -> Option<MissingRule> {
        use syntax::MissingThen as T;
        let when = match (pattern, members) {
            (MissingPattern::Any, _) => MissingWhen::Any,
            (MissingPattern::All, Some(_)) => MissingWhen::All,
            (MissingPattern::FewerThan(least), Some(_)) => {
                let least = quantity_value(least)
                    .0
                    .to_i64()
                    .and_then(|least| usize::try_from(least).ok());
                MissingWhen::FewerThan(least.unwrap_or(usize::MAX))
            }
            (MissingPattern::These(paths), Some(members)) => {
                let mut these = Vec::new();
                for path in paths {
                    these.push(self.member_index(members, path)?);
                }
                these.sort_unstable();
                MissingWhen::These(these)
            }
            (
                MissingPattern::All | MissingPattern::FewerThan(_) | MissingPattern::These(_),
                None,
            ) => {
                self.not_in_item(statement);
                return None;
            }
        };
        let then = match then {
            T::WeighEqually
            | T::ShareEqually
            | T::ShareInProportion
            | T::GiveTo(_)
            | T::Weights(_)
                if members.is_none() =>
            {
                self.not_in_item(statement);
                return None;
            }
            T::WeighEqually => MissingThen::WeighEqually,
            T::ShareEqually => MissingThen::ShareEqually,
            T::ShareInProportion => MissingThen::ShareInProportion,
            T::GiveTo(path) => MissingThen::GiveTo(self.member_index(members?, path)?),
            T::Weights(list) => {
                let members = members?;
                let mut weights = vec![Rational::ZERO; members.len()];
                for (path, weight) in list {
                    let index = self.member_index(members, path)?;
                    let value = self.weight(weight);
                    if let Some(slot) = weights.get_mut(index) {
                        *slot = value;
                    }
                }
                MissingThen::Weights(weights)
            }
            T::CountAsZero => MissingThen::CountAsZero,
            T::CountAsFull => MissingThen::CountAsFull,
            T::CountAs(value) => MissingThen::CountAs(self.numeric(*value)),
            T::NoValue => MissingThen::NoValue,
            T::NoResult { reason, label } => {
                let stop = self.model.stops.len();
                self.model.stops.push(Stop {
                    reason: reason.text.clone(),
                    label: label.as_ref().map(|label| label.text.clone()),
                    when: None,
                    origin: self.origin(statement),
                });
                MissingThen::Stop(stop)
            }
        };
        Some(MissingRule {
            when,
            then,
            origin: self.origin(statement),
        })
    }

    fn not_in_item(&mut self, statement: &Statement) {
        self.say(Diagnostic::new(
            &codes::MISPLACED,
            statement.head,
            words!(
                "an item has no members to weigh; write `missing => count as …`, `no value` or `no result …`",
                "指标没有下级成员可计权；请写“缺项 => 按…计”“无值”或“不出具结果 …”"
            ),
        ));
    }
}
