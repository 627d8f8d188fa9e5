//! What is asked of every scheme, whether its author guarantees it or not: marks that are kept,
//! limits that act, levels that can be reached, directions that are kept, weights that add up,
//! consequences that can follow. And facts worth knowing, with what shows them.

use std::collections::BTreeSet;

use super::claims::Ruling;
use super::corners::{Corner, corners};
use super::goal::Goal;
use super::least::Aim;
use super::reach::coming_out;
use super::search::{Answer, Search};
use super::witness::Witness;
use super::{Prover, Tally};
use crate::diagnostic::Severity;
use crate::model::{ExprKind, FigureId, FigureKind, InputId, MemberOf, Origin, Type};
use crate::number::Rational;
use crate::plan::{Comparison, NodeId, Op, PlannedFigure, What};
use crate::syntax::{Better, BinaryOp, Direction, Sign};
use crate::text::{Words, words};
use crate::value::{Cell, Value};

/// What a property is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// What the author guarantees.
    Guarantee,
    /// A score stays between zero and its full marks.
    WithinMarks,
    /// The least and the greatest value of a result, exactly.
    Extent,
    /// A written floor or cap acts for somebody.
    LimitActs,
    /// Some subject has this level.
    LevelReachable,
    /// A better figure never gives a worse result.
    Direction,
    /// Leaving a figure out never gives a better result.
    Missing,
    /// The weights of a group add up whoever is missing.
    Weights,
    /// A line adds or takes off something for somebody.
    LineActs,
    /// A consequence follows for somebody.
    ConsequenceFires,
    /// The amount of a consequence does not give to some and take from others.
    AmountSign,
    /// Nobody is rewarded and fined for one figure at once.
    Contradiction,
    /// How much money one step of a figure moves, at most.
    Jump,
    /// Nobody is refused because there is nothing to divide by.
    Division,
    /// From so many on, further ones cost nothing.
    Exhausted,
    /// So many already rule out the best level.
    Excludes,
}

impl Kind {
    /// The name used in tables and programs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Guarantee => "guarantee",
            Self::WithinMarks => "within-marks",
            Self::Extent => "extent",
            Self::LimitActs => "limit-acts",
            Self::LevelReachable => "level-reachable",
            Self::Direction => "direction",
            Self::Missing => "missing-never-gains",
            Self::Weights => "weights-add-up",
            Self::LineActs => "line-acts",
            Self::ConsequenceFires => "consequence-fires",
            Self::AmountSign => "amount-keeps-sign",
            Self::Contradiction => "not-rewarded-and-fined",
            Self::Jump => "jump",
            Self::Division => "no-division-by-zero",
            Self::Exhausted => "exhausted",
            Self::Excludes => "excludes-best",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn words(self) -> Words {
        match self {
            Self::Guarantee => words!("guarantee", "保证"),
            Self::WithinMarks => words!("marks kept", "不超满分"),
            Self::Extent => words!("extent", "取值范围"),
            Self::LimitActs => words!("limit acts", "上下限起作用"),
            Self::LevelReachable => words!("level reachable", "等级可达"),
            Self::Direction => words!("direction", "好坏方向"),
            Self::Missing => words!("missing", "缺项不得利"),
            Self::Weights => words!("weights", "权重合计"),
            Self::LineActs => words!("line acts", "加减分起作用"),
            Self::ConsequenceFires => words!("consequence", "后果会发生"),
            Self::AmountSign => words!("amount", "金额不变号"),
            Self::Contradiction => words!("contradiction", "奖罚不并行"),
            Self::Jump => words!("jump", "差一点差多少钱"),
            Self::Division => words!("division", "除数不为零"),
            Self::Exhausted => words!("used up", "扣完为止"),
            Self::Excludes => words!("excludes best", "评不上最高等"),
        }
    }

    /// How grave it is where it does not hold; nothing, where it is a fact about the scheme that
    /// may be one way or the other.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Guarantee => Some(Severity::Error),
            Self::WithinMarks
            | Self::LevelReachable
            | Self::Direction
            | Self::Weights
            | Self::LineActs
            | Self::ConsequenceFires
            | Self::AmountSign
            | Self::Contradiction => Some(Severity::Warning),
            Self::LimitActs | Self::Missing | Self::Division => Some(Severity::Note),
            Self::Extent | Self::Exhausted | Self::Excludes | Self::Jump => None,
        }
    }
}

/// A property and what became of it.
#[derive(Debug)]
pub(crate) struct Asked {
    pub(crate) kind: Kind,
    pub(crate) claim: Words,
    /// What is to be said where it does not hold; else that the claim does not.
    pub(crate) denied: Option<Words>,
    pub(crate) verdict: Ruling,
    pub(crate) origin: Origin,
    /// The figure whose values show it.
    pub(crate) figure: Option<NodeId>,
    /// What it speaks of.
    pub(crate) about: Vec<NodeId>,
    pub(crate) regions: u32,
}

impl Asked {
    pub(super) fn or(mut self, denied: Words) -> Self {
        self.denied = Some(denied);
        self
    }
}

/// How many ways out of the corners are tried before a search for an end begins.
const MOST_WAYS: usize = 24;

impl Prover<'_> {
    /// All properties of the scheme itself, and facts about it.
    pub(crate) fn properties(&self) -> Vec<Asked> {
        let mut all = Vec::new();
        let results = self.results();
        for planned in &self.plan.figures {
            self.of_figure(planned, &mut all);
            self.exhausted(planned, &mut all);
        }
        self.contradictions(&mut all);
        self.weights(&mut all);
        for (id, planned) in &results {
            self.extent(*id, planned, &mut all);
            self.directions(*id, planned, &mut all);
            self.gains(*id, planned, &mut all);
            self.excludes(*id, planned, &mut all);
        }
        self.jumps(&mut all);
        self.divisions(&mut all);
        all
    }

    /// The properties alone of which somebody is told where they do not hold; divisions stand
    /// elsewhere.
    pub(crate) fn told(&self) -> Vec<Asked> {
        let mut all = Vec::new();
        for planned in &self.plan.figures {
            self.of_figure(planned, &mut all);
        }
        self.contradictions(&mut all);
        self.weights(&mut all);
        for (id, planned) in &self.results() {
            self.directions(*id, planned, &mut all);
            self.gains(*id, planned, &mut all);
        }
        all
    }

    fn of_figure(&self, planned: &PlannedFigure, all: &mut Vec<Asked>) {
        self.marks(planned, all);
        self.limits(planned, all);
        self.lines(planned, all);
        self.levels(planned, all);
        self.fires(planned, all);
    }

    pub(super) fn ask(
        &self,
        kind: Kind,
        claim: Words,
        (origin, figure): (&Origin, Option<NodeId>),
        verdict: impl FnOnce(&mut Tally) -> Ruling,
    ) -> Asked {
        let mut tally = Tally::default();
        let verdict = if self.may_go_on() {
            verdict(&mut tally)
        } else {
            Ruling::Undecided
        };
        Asked {
            kind,
            claim,
            denied: None,
            verdict,
            origin: origin.clone(),
            figure,
            about: figure.into_iter().collect(),
            regions: tally.regions,
        }
    }

    pub(super) fn never(&self, goals: &[Goal], tally: &mut Tally) -> Ruling {
        match self.search(goals, tally) {
            Answer::Never => Ruling::Proved,
            Answer::Found(witness) => Ruling::Refuted(Some(witness)),
            Answer::Undecided => Ruling::Undecided,
        }
    }

    /// Whether nobody is refused because a node has nothing to divide by, or to average.
    pub(crate) fn is_never_empty(&self, node: NodeId) -> Ruling {
        self.never(&[Goal::Empty((0, node))], &mut Tally::default())
    }

    /// Whether conditions certainly never come out so together.
    pub(crate) fn is_nobody(&self, conditions: &[(NodeId, bool)]) -> bool {
        let goals: Vec<Goal> = conditions
            .iter()
            .map(|(node, holds)| Goal::Answer((0, *node), *holds))
            .collect();
        self.may_go_on()
            && matches!(
                self.exists(&goals, &mut Tally::default()),
                Ruling::Refuted(_)
            )
    }

    /// What people are judged by: the total, or else the items and groups that stand in no other;
    /// and the grades.
    fn results(&self) -> Vec<(FigureId, &PlannedFigure)> {
        let is_total = |planned: &&PlannedFigure| {
            matches!(
                self.model.figure(planned.figure).map(|figure| &figure.kind),
                Some(FigureKind::Total(_))
            )
        };
        let has_total = self.plan.figures.iter().any(|planned| is_total(&planned));
        self.plan
            .figures
            .iter()
            .filter(|planned| {
                let kind = self.model.figure(planned.figure).map(|figure| &figure.kind);
                match kind {
                    Some(FigureKind::Total(_) | FigureKind::Grade(_)) => true,
                    Some(FigureKind::Item(_) | FigureKind::Group(_)) => !has_total,
                    _ => false,
                }
            })
            .map(|planned| (planned.figure, planned))
            .collect()
    }

    fn marks(&self, planned: &PlannedFigure, all: &mut Vec<Asked>) {
        let Some(figure) = self.model.figure(planned.figure) else {
            return;
        };
        let body = match &figure.kind {
            FigureKind::Item(item) => item,
            FigureKind::Group(group) | FigureKind::Total(group) => &group.body,
            _ => return,
        };
        let place = (0, planned.value);
        let (shown, origin) = (figure.called.shown(), &figure.origin);
        if body.may_go_below_zero.is_none() {
            let goal = Goal::Is(place, Comparison::Less, Rational::ZERO);
            let claim = words!("{shown} is never below 0", "{shown}不会低于0分");
            all.push(self.ask(
                Kind::WithinMarks,
                claim,
                (origin, Some(planned.value)),
                |tally| self.never(&[goal], tally),
            ));
        }
        // A total of lines alone states no marks.
        let full = planned.full.as_ref().filter(|full| !full.is_zero());
        if let (Some(full), false) = (full, self.may_exceed(planned.figure)) {
            let goal = Goal::Is(place, Comparison::Greater, full.clone());
            let claim = words!("{shown} is never above {full}", "{shown}不会高于{full}分");
            all.push(self.ask(
                Kind::WithinMarks,
                claim,
                (origin, Some(planned.value)),
                |tally| self.never(&[goal], tally),
            ));
        }
    }

    /// Whether a figure, or a member of it, may exceed its marks: what a member may gain beyond them
    /// reaches the whole.
    fn may_exceed(&self, figure: FigureId) -> bool {
        let mut stack = vec![figure];
        while let Some(figure) = stack.pop().and_then(|id| self.model.figure(id)) {
            let body = match &figure.kind {
                FigureKind::Item(item) => item,
                FigureKind::Group(group) | FigureKind::Total(group) => {
                    stack.extend(group.members.iter().filter_map(|member| match member.of {
                        MemberOf::Figure(id) => Some(id),
                        MemberOf::Input(_) | MemberOf::Either(_) => None,
                    }));
                    &group.body
                }
                _ => continue,
            };
            if body.may_exceed.is_some() {
                return true;
            }
        }
        false
    }

    /// From where to where a result lies, where both ends can be found.
    fn extent(&self, id: FigureId, planned: &PlannedFigure, all: &mut Vec<Asked>) {
        let Some(figure) = self.model.figure(id) else {
            return;
        };
        if matches!(figure.kind, FigureKind::Grade(_)) {
            return;
        }
        let place = (0, planned.value);
        // It has a value.
        let goals = [Goal::Stands(place, Comparison::Equal, place)];
        let mut tally = Tally::default();
        let mut end = |greatest: bool| {
            let aim = Aim::Figure { place, greatest };
            let among = self.interval(planned.value);
            let has_end = if greatest { among.high } else { among.low };
            // Rows that another scheme scores are known by more results than there can be: what no
            // subject has itself is not known then.
            let exact = self.model.children.is_empty();
            if has_end.is_none() && (!exact || self.falls_for_ever(&goals, &aim, &mut tally)) {
                return exact.then_some(None);
            }
            let first = self.known().least(&goals, &aim, self.plan);
            let lowest = Search::new(&self.space, &goals, self.budget)
                .whether()
                .lowest(&aim, first, None);
            tally.regions = tally.regions.saturating_add(lowest.regions);
            if lowest.endless {
                return exact.then_some(None);
            }
            let found = lowest.found.filter(|_| lowest.proved)?;
            if !exact && found.limit.is_some() {
                return None;
            }
            let value = found.limit.unwrap_or(found.value);
            Some(Some(if greatest { -value } else { value }))
        };
        let shown = figure.called.shown();
        let claim = match (end(false), end(true)) {
            (Some(Some(least)), Some(Some(most))) => words!(
                "{shown} goes from {least} to {most}",
                "{shown}最低 {least}，最高 {most}"
            ),
            (Some(None), Some(Some(most))) => words!(
                "{shown} goes up to {most} and has no least value",
                "{shown}最高 {most}，没有下限"
            ),
            (Some(Some(least)), Some(None)) => words!(
                "{shown} goes from {least} on and has no greatest value",
                "{shown}最低 {least}，没有上限"
            ),
            (Some(None), Some(None)) => words!(
                "{shown} has no least and no greatest value",
                "{shown}没有下限，也没有上限"
            ),
            _ => return,
        };
        let mut asked = self.ask(
            Kind::Extent,
            claim,
            (&figure.origin, Some(planned.value)),
            |_| Ruling::Proved,
        );
        asked.regions = tally.regions;
        all.push(asked);
    }

    /// Whether an aim falls for ever where one figure goes out from the best or the worst corner.
    fn falls_for_ever(&self, goals: &[Goal], aim: &Aim, tally: &mut Tally) -> bool {
        let corners = corners(&self.space);
        let ends = corners.first().into_iter().chain(corners.last());
        for way in ends.flat_map(Corner::ways_out).take(MOST_WAYS) {
            tally.regions = tally.regions.saturating_add(1);
            let mut search = Search::new(&self.space, goals, self.budget).whether();
            if search.falls_for_ever(aim, &way) {
                return true;
            }
        }
        false
    }

    fn limits(&self, planned: &PlannedFigure, all: &mut Vec<Asked>) {
        let Some(figure) = self.model.figure(planned.figure) else {
            return;
        };
        let shown = figure.called.shown();
        for step in &planned.steps {
            let (before, bound, comparison, floor) = match &step.what {
                What::AtLeast {
                    before,
                    bound,
                    implied: false,
                } => (*before, *bound, Comparison::Less, true),
                What::AtMost { before, bound } if step.origin.span != figure.origin.span => {
                    (*before, *bound, Comparison::Greater, false)
                }
                _ => continue,
            };
            let claim = if floor {
                words!(
                    "the floor of {shown} acts for somebody",
                    "{shown}的最低分会起作用"
                )
            } else {
                words!(
                    "the cap of {shown} acts for somebody",
                    "{shown}的最高分会起作用"
                )
            };
            let denied = if floor {
                words!(
                    "this floor never acts: {shown} does not go below it for anybody",
                    "这个最低分不起作用：{shown}无论怎样都不会低于它"
                )
            } else {
                words!(
                    "this cap never acts: {shown} does not go above it for anybody",
                    "这个最高分不起作用：{shown}无论怎样都不会高于它"
                )
            };
            let mut goals = vec![Goal::Stands((0, before), comparison, (0, bound))];
            goals.extend(step.when.map(|when| Goal::Answer((0, when), true)));
            let asked = self.ask(
                Kind::LimitActs,
                claim,
                (&step.origin, Some(before)),
                |tally| self.exists(&goals, tally),
            );
            all.push(asked.or(denied));
        }
    }

    /// The lines of an item that add or take off something, and those of a grade that change it.
    fn lines(&self, planned: &PlannedFigure, all: &mut Vec<Asked>) {
        let Some(figure) = self.model.figure(planned.figure) else {
            return;
        };
        let shown = figure.called.shown();
        for step in &planned.steps {
            let zero = || Rational::ZERO;
            let (does_en, does_zh, goals) = match &step.what {
                What::Change { sign, delta, .. } => {
                    let sides = [Comparison::Greater, Comparison::Less];
                    let goals = sides.map(|side| Goal::Is((0, *delta), side, zero()));
                    let (en, zh) = match sign {
                        Sign::Add => ("adds to", "加分"),
                        Sign::Deduct => ("takes something off", "扣分"),
                    };
                    (en, zh, goals.to_vec())
                }
                What::Adjust { before, .. } => {
                    let goal = Goal::Differs((0, *before), (0, step.after));
                    ("changes", "变动", vec![goal])
                }
                _ => continue,
            };
            let claim = words!(
                "this line {does_en} {shown} for somebody",
                "这一行会使{shown}{does_zh}"
            );
            let denied = words!(
                "this line {does_en} {shown} for nobody, whatever the data",
                "无论数据怎样，这一行都不会使{shown}{does_zh}"
            );
            let origin = (&step.origin, Some(planned.value));
            let asked = self.ask(Kind::LineActs, claim, origin, |tally| {
                let mut verdict = Ruling::Refuted(None);
                for goal in goals {
                    let when = step.when.map(|when| Goal::Answer((0, when), true));
                    let own: Vec<Goal> = [goal].into_iter().chain(when).collect();
                    if matches!(verdict, Ruling::Refuted(_)) {
                        verdict = self.exists(&own, tally);
                    }
                }
                verdict
            });
            all.push(asked.or(denied));
        }
    }

    fn levels(&self, planned: &PlannedFigure, all: &mut Vec<Asked>) {
        let Some(figure) = self.model.figure(planned.figure) else {
            return;
        };
        let (FigureKind::Grade(_), Type::Option(scale)) = (&figure.kind, &figure.of) else {
            return;
        };
        let Some(scale) = self.model.scale(*scale) else {
            return;
        };
        for (level, option) in scale.options.iter().enumerate() {
            let (shown, level_shown) = (figure.called.shown(), option.shown());
            let claim = words!(
                "somebody has {shown} {level_shown}",
                "{shown}有人能得“{level_shown}”"
            );
            let denied = words!(
                "nobody can have {shown} {level_shown}, whatever the data",
                "无论数据怎样，{shown}都不会是“{level_shown}”"
            );
            let level = u32::try_from(level).unwrap_or(u32::MAX);
            let asked = self.ask(
                Kind::LevelReachable,
                claim,
                (&figure.origin, Some(planned.value)),
                |tally| self.exists(&[Goal::Level((0, planned.value), level)], tally),
            );
            all.push(asked.or(denied));
        }
    }

    /// The inputs that say which way is better, against what people are judged by.
    fn directions(&self, id: FigureId, planned: &PlannedFigure, all: &mut Vec<Asked>) {
        let Some(figure) = self.model.figure(id) else {
            return;
        };
        for (index, input) in self.model.inputs.iter().enumerate() {
            let (Some(better), Ok(index)) = (input.better, u32::try_from(index)) else {
                continue;
            };
            if !self.may_go_on() || !self.reads(planned.value, InputId(index)) {
                continue;
            }
            let Some(direction) = self.against(figure, better) else {
                continue;
            };
            let (shown, name) = (figure.called.shown(), input.called.shown());
            let claim = match better {
                Better::Lower => words!(
                    "more {name} never gives a better {shown}",
                    "{name}增加，{shown}不会变好"
                ),
                Better::Higher => words!(
                    "more {name} never gives a worse {shown}",
                    "{name}增加，{shown}不会变差"
                ),
            };
            all.push(self.ask(
                Kind::Direction,
                claim,
                (&input.origin, Some(planned.value)),
                |tally| self.moves(planned.value, direction, InputId(index), tally),
            ));
        }
    }

    /// The way in which a figure may not move where an input is greater. Levels are counted from
    /// the best, unless the lines of the grade begin with the worst.
    fn against(&self, figure: &crate::model::Figure, better: Better) -> Option<Direction> {
        let best_is_least = match &figure.kind {
            FigureKind::Grade(grade) => !grade.worst_first,
            FigureKind::Item(_) | FigureKind::Group(_) | FigureKind::Total(_) => false,
            _ => return None,
        };
        Some(match (better, best_is_least) {
            (Better::Lower, false) | (Better::Higher, true) => Direction::Rises,
            (Better::Lower, true) | (Better::Higher, false) => Direction::Falls,
        })
    }

    /// Whether a node depends on an input.
    pub(super) fn reads(&self, node: NodeId, input: InputId) -> bool {
        self.read_by(&[node]).contains(&input)
    }

    /// The inputs on which some nodes depend.
    pub(super) fn read_by(&self, nodes: &[NodeId]) -> BTreeSet<InputId> {
        let mut found = BTreeSet::new();
        let mut seen = vec![false; self.plan.nodes.len()];
        let mut stack = nodes.to_vec();
        while let Some(node) = stack.pop() {
            let Some(slot) = seen.get_mut(node.index()) else {
                continue;
            };
            if std::mem::replace(slot, true) {
                continue;
            }
            match self.plan.op(node) {
                Some(Op::Input(id) | Op::Parameter(id)) => {
                    found.insert(*id);
                }
                Some(op) => {
                    op.operands(|operand| stack.push(operand));
                    // One line of a loop may hand on what another reads.
                    if let Op::Rows { row, .. } = op {
                        stack.extend((row.0..node.0).map(NodeId));
                    }
                }
                None => {}
            }
        }
        found
    }

    fn gains(&self, id: FigureId, planned: &PlannedFigure, all: &mut Vec<Asked>) {
        let Some(figure) = self.model.figure(id) else {
            return;
        };
        if matches!(figure.kind, FigureKind::Grade(_)) {
            return;
        }
        for (index, input) in self.model.inputs.iter().enumerate() {
            let Ok(index) = u32::try_from(index) else {
                continue;
            };
            let asked = input.optional && !input.parameter && input.either.is_none();
            if !asked || !self.may_go_on() || !self.reads(planned.value, InputId(index)) {
                continue;
            }
            let (shown, name) = (figure.called.shown(), input.called.shown());
            let claim = words!(
                "leaving out {name} never raises {shown}",
                "不填{name}，{shown}不会因此升高"
            );
            all.push(self.ask(
                Kind::Missing,
                claim,
                (&input.origin, Some(planned.value)),
                |tally| self.missing(planned.value, InputId(index), tally),
            ));
        }
    }

    fn divisions(&self, all: &mut Vec<Asked>) {
        let mut seen = Vec::new();
        for node in coming_out(self.model, self.plan) {
            let mut stack = vec![node];
            let mut visited = vec![false; self.plan.nodes.len()];
            while let Some(node) = stack.pop() {
                let Some(slot) = visited.get_mut(node.index()) else {
                    continue;
                };
                if std::mem::replace(slot, true) {
                    continue;
                }
                let Some(op) = self.plan.op(node) else {
                    continue;
                };
                if let Op::Divide { b, .. } = op
                    && self.interval(*b).contains(&Rational::ZERO)
                    && !seen.contains(&node)
                {
                    seen.push(node);
                    let written = self.plan.written.get(&node);
                    let expr = written.and_then(|id| self.model.expr(*id));
                    let divisor = match expr.map(|expr| &expr.kind) {
                        Some(ExprKind::Binary(BinaryOp::Over, _, b)) => self.model.expr(*b),
                        _ => None,
                    };
                    let claim = match divisor.and_then(|divisor| self.model.shown(&divisor.kind)) {
                        Some(shown) => words!(
                            "nobody is refused because {shown} is zero",
                            "不会有人因“{shown}”为零而无法计算"
                        ),
                        None => words!(
                            "nobody is refused because the divisor is zero",
                            "不会有人因除数为零而无法计算"
                        ),
                    };
                    let origin = Origin {
                        span: expr.map_or_else(Default::default, |expr| expr.span),
                        ..Origin::default()
                    };
                    all.push(
                        self.ask(Kind::Division, claim, (&origin, Some(node)), |tally| {
                            self.never(&[Goal::Empty((0, node))], tally)
                        }),
                    );
                }
                match op {
                    // What is empty is answered there.
                    Op::Otherwise(_, then) => stack.push(*then),
                    op => op.operands(|operand| stack.push(operand)),
                }
            }
        }
    }

    /// What a figure comes to for the subjects of a witness.
    pub(crate) fn values(&self, witness: &Witness, figure: NodeId) -> Vec<Option<Value>> {
        let mut space = self.space.clone();
        if witness.subjects.len() > 1
            && let Some(first) = space.instances.first().cloned()
        {
            space.instances.push(first);
        }
        witness
            .runs(&space)
            .into_iter()
            .map(|run| match run.cells.get(figure.index()) {
                Some(Cell::Value(value)) => Some(value.clone()),
                _ => None,
            })
            .collect()
    }
}
