//! Files, blocks and statements: which rule reads an entry, where a statement may stand, and what
//! surrounds it.

use crate::diagnostic::Diagnostic;
use crate::text::{Span, words};

use super::super::mistakes::codes;
use super::super::statements::{Cut, Entries, Entry, cut};
use super::super::{
    Block, Cite, Hole, Kind, Name, Quoted, SchemeBlock, Statement, Tree, words as table,
};
use super::head::Head;
use super::literal::{name, quoted, written_twice};
use super::unread::misplaced;
use super::{Node, Read, Reader, Rule, part, parts, read};

/// What a block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The scheme's own statements.
    Scheme,
    /// Lines of an item or of the total.
    Item,
    /// Lines, items, groups and weights.
    Group,
    /// Inputs without the word `input`.
    Members,
    /// Lines for every element of a list.
    Each,
    /// Aspects of an indicator, without the word `indicator`.
    Aspects,
    /// Steps of a procedure.
    Procedure,
    /// Rows `condition => outcome`.
    Rows,
    /// Rows, and lines that act on the grade.
    Grade,
    /// `given` and `expect`.
    Example,
    /// Behind a head that could not be read: anything.
    Unknown,
}

/// A statement that was read to its end.
pub(super) struct Done {
    kind: Kind,
    cite: Option<Cite>,
    assumed: Option<Quoted>,
}

/// A statement that was not read to its end, or that cannot be used.
#[derive(Default)]
struct Failed {
    /// Why; absent where it has been reported already.
    finding: Option<Box<Diagnostic>>,
    /// Its block, where that has been read.
    body: Option<Block>,
}

impl From<Box<Diagnostic>> for Failed {
    fn from(finding: Box<Diagnostic>) -> Self {
        Self {
            finding: Some(finding),
            body: None,
        }
    }
}

impl Reader<'_> {
    /// The whole text.
    pub(super) fn file(&mut self) -> Tree {
        let end = self.braced.tokens.len();
        let entries = cut(self.text, self.braced, 0, end, Cut::Lines);
        let found = entries.list.iter().position(|entry| {
            let head = Head::new(self.text, self.braced, &entry.tokens);
            head.first_block().is_some()
        });
        let begins = found
            .and_then(|at| entries.list.get(at))
            .is_some_and(|entry| {
                let first = self.first_word(entry);
                !table::OPENING.contains(&first) || matches!(first, "scheme" | "方案")
            });
        match found {
            Some(at) if begins => self.scheme_at(entries, at),
            _ => self.without_scheme(entries),
        }
    }

    fn scheme_at(&mut self, entries: Entries, at: usize) -> Tree {
        let mut before = Vec::new();
        let mut after = Vec::new();
        let mut scheme = None;
        for (index, mut entry) in entries.list.into_iter().enumerate() {
            if index == at {
                before.append(&mut entry.before);
                after.extend(entry.beside.take());
                scheme = Some(self.scheme(&entry));
            } else {
                self.outside(&entry, index > at);
                let comments = if index < at { &mut before } else { &mut after };
                comments.append(&mut entry.before);
                comments.extend(entry.beside);
            }
        }
        after.extend(entries.closing);
        Tree {
            scheme: scheme.unwrap_or_else(|| super::nothing().scheme),
            exprs: std::mem::take(&mut self.exprs),
            before,
            after,
        }
    }

    /// A statement before or behind the scheme.
    fn outside(&mut self, entry: &Entry, behind: bool) {
        let head = Head::new(self.text, self.braced, &entry.tokens);
        if head.has_fault() || head.is_repaired() {
            return;
        }
        let message = if behind {
            words!(
                "this stands behind the scheme's closing brace and is not used",
                "这里已在方案的右花括号之后，不起作用"
            )
        } else {
            words!(
                "this stands before the scheme and is not used",
                "这里在方案之前，不起作用"
            )
        };
        self.findings.add(
            Diagnostic::new(&codes::OUTSIDE_SCHEME, head.whole(), message).with_help(words!(
                "a text holds one scheme; move this inside its braces",
                "一个文件只写一个方案，请移到方案的花括号之内"
            )),
        );
    }

    fn scheme(&mut self, entry: &Entry) -> SchemeBlock {
        let head = Head::new(self.text, self.braced, &entry.tokens);
        let node = read(Rule::scheme, &head);
        let (slug, label) = match &node {
            Ok(node) => (
                part(node, Rule::slug).map(|slug| name(&head, &slug)),
                part(node, Rule::quoted).map(|label| quoted(&head, &label)),
            ),
            Err(error) => {
                self.unreadable_scheme(&head, error);
                (self.second_word(&head), None)
            }
        };
        let body = match head.first_block() {
            Some(open) => self.block_at(open, Place::Scheme),
            None => Block::default(),
        };
        let beside = self.opened.take().and_then(|(_, comment)| comment);
        let slug = slug.unwrap_or_else(|| Name {
            text: String::new(),
            span: head.before_block(head.first_block().unwrap_or(0)),
        });
        SchemeBlock {
            slug,
            label,
            body,
            beside,
        }
    }

    /// A text whose statements stand in no scheme: read all the same, for their own mistakes.
    fn without_scheme(&mut self, entries: Entries) -> Tree {
        let first = entries.list.first();
        let span = first.map_or_else(Span::default, |entry| {
            Head::new(self.text, self.braced, &entry.tokens).whole()
        });
        if first.is_some() || self.findings.is_empty() {
            self.findings.add(
                Diagnostic::new(
                    &codes::NO_SCHEME,
                    Span::new(span.start, span.start),
                    words!(
                        "there is no scheme here: statements stand inside `scheme name \"title\" {{ … }}`",
                        "这里没有方案：各条语句应写在“方案 代号 \"名称\" {{ … }}”之内"
                    ),
                ),
            );
        }
        let mut tree = super::nothing();
        for entry in entries.list {
            if self.is_full() {
                break;
            }
            let statement = self.statement(entry, Place::Scheme);
            tree.scheme.body.statements.push(statement);
        }
        let statements = tree.scheme.body.statements.iter();
        tree.scheme.body.span = statements.fold(span, |all, statement| all.to(statement.span));
        tree.after = entries.closing;
        tree.exprs = std::mem::take(&mut self.exprs);
        tree
    }

    /// The block that a `{}` of a head stands for.
    pub(super) fn block(&mut self, head: &Head, node: &Node<'_>, place: Place) -> Block {
        match part(node, Rule::braces).and_then(|braces| head.block(&braces)) {
            Some(open) => self.block_at(open, place),
            None => Block::default(),
        }
    }

    /// The block whose `{` is the token at `open`.
    pub(super) fn block_at(&mut self, open: usize, place: Place) -> Block {
        let how = match place {
            Place::Rows | Place::Grade => Cut::Rows,
            Place::Members => Cut::Members,
            _ => Cut::Lines,
        };
        let (entries, span) = self.entries(open, how);
        let mut statements = Vec::with_capacity(entries.list.len());
        for entry in entries.list {
            if self.is_full() {
                break;
            }
            statements.push(self.statement(entry, place));
        }
        self.opened = Some((open, entries.opening));
        Block {
            statements,
            comments: entries.closing,
            span,
        }
    }

    /// The entries between the braces at `open`, and the place of both braces.
    pub(super) fn entries(&self, open: usize, how: Cut) -> (Entries, Span) {
        let close = self.braced.close_of(open);
        let entries = cut(self.text, self.braced, open.saturating_add(1), close, how);
        let place = |index: usize| {
            let token = self.braced.tokens.get(index);
            token.map_or_else(Span::default, |token| token.span)
        };
        (entries, place(open).to(place(close)))
    }

    /// The entries of a list inside a statement; its comments are kept for the statement.
    pub(super) fn list(&mut self, head: &Head, braces: &Node<'_>) -> Vec<Entry> {
        let Some(open) = head.block(braces) else {
            return Vec::new();
        };
        let (mut entries, _) = self.entries(open, Cut::Commas);
        self.loose.extend(entries.opening);
        for entry in &mut entries.list {
            self.loose.append(&mut entry.before);
            self.loose.extend(entry.beside.take());
        }
        self.loose.append(&mut entries.closing);
        entries.list
    }

    fn is_full(&mut self) -> bool {
        let limit = self.limits.statements;
        if self.statements == limit {
            self.statements = limit.saturating_add(1);
            self.findings.add(Diagnostic::new(
                &codes::LIMIT_PASSED,
                Span::default(),
                words!(
                    "a scheme may have {limit} statements; this one has more, and the rest is not read",
                    "一个方案最多 {limit} 条语句，超出部分没有读取"
                ),
            ));
        }
        self.statements > limit
    }

    /// One entry of a block. If it cannot be read to its end it becomes a hole with one finding.
    pub(super) fn statement(&mut self, entry: Entry, place: Place) -> Statement {
        self.statements = self.statements.saturating_add(1);
        let outer_loose = std::mem::take(&mut self.loose);
        self.opened = None;
        self.listed = None;
        let head = Head::new(self.text, self.braced, &entry.tokens);
        let span = head.whole();
        let done = match self.read_statement(&head, place) {
            Ok(done) => done,
            Err(failed) => {
                self.loose.clear();
                let kind = Kind::Hole(self.hole(&head, place, failed.body));
                self.findings.extend(failed.finding.map(|finding| *finding));
                Done {
                    kind,
                    cite: None,
                    assumed: None,
                }
            }
        };
        let loose = std::mem::replace(&mut self.loose, outer_loose);
        let (head_span, opening) = match self.opened.take() {
            Some((open, comment)) => (head.before_block(open), comment),
            None => (span, self.listed.take()),
        };
        let (beside, behind) = if head.has_braces() {
            (opening, entry.beside)
        } else {
            (entry.beside, None)
        };
        let mut statement = Statement {
            kind: done.kind,
            cite: done.cite,
            assumed: done.assumed,
            span,
            head: head_span,
            before: entry.before,
            beside,
            behind,
            blank_before: entry.blank_before,
        };
        statement.before.extend(loose);
        statement
    }

    /// Reads a statement; the finding is absent where one has been reported already.
    fn read_statement(&mut self, head: &Head, place: Place) -> Result<Done, Failed> {
        if head.has_fault() {
            return Err(Failed::default());
        }
        if let Some(finding) = head.beyond_limits(self.text, self.limits) {
            return Err(Box::new(finding).into());
        }
        let rule = match place {
            Place::Members => Rule::member_entry,
            Place::Rows | Place::Grade => Rule::row_entry,
            Place::Aspects => Rule::aspect_entry,
            _ => Rule::statement,
        };
        if rule == Rule::statement
            && let Some(node) = self.by_first_word(head)
        {
            return self.done(head, node, place);
        }
        let error = match read(rule, head) {
            Ok(node) => return self.done(head, inner(head, node)?, place),
            Err(error) => error,
        };
        if place == Place::Unknown {
            for rule in [Rule::row_entry, Rule::member_entry] {
                if let Ok(node) = read(rule, head) {
                    return self.done(head, inner(head, node)?, place);
                }
            }
        }
        if head.is_repaired() || !self.findings.has_room() {
            self.findings.note_more(head.whole());
            return Err(Failed::default());
        }
        Err(self.explain(head, place, rule, &error).into())
    }

    /// The statement, read by the rule that its first word names. The rule of all statements
    /// would come to the same; it only tries every other first word before.
    fn by_first_word<'h>(&self, head: &'h Head) -> Option<Node<'h>> {
        let first = head.tokens.first()?.span.of(self.text);
        let rule = match first.trim_end_matches(|c: char| !c.is_alphabetic()) {
            "choice" | "选项" => Rule::choice,
            "input" | "输入" | "parameter" | "参数" => Rule::input,
            "let" | "令" => Rule::let_figure,
            "each" | "逐一" => Rule::each,
            "item" | "指标" => Rule::item,
            "group" | "组" => Rule::group,
            "table" | "对照表" => Rule::table,
            "grade" | "等级" => Rule::grade,
            "result" | "结果" => Rule::result,
            "add" | "deduct" | "加" | "扣" => Rule::change,
            "每" => Rule::per_then_change,
            "guarantee" | "保证" => Rule::guarantee,
            "example" | "算例" => Rule::example,
            "given" | "已知" => Rule::given,
            "expect" | "应得" => Rule::expect,
            "missing" | "缺项" => Rule::missing_rule,
            _ => return None,
        };
        let node = read(rule, head).ok()?;
        (node.as_str().trim_end().len() == head.text.len()).then_some(node)
    }

    fn done(&mut self, head: &Head, node: Node<'_>, place: Place) -> Result<Done, Failed> {
        let (cite, assumed) = tail(head, &node)?;
        self.place = place;
        let mut kind = self.kind(head, &node)?;
        if !belongs(&kind, place) {
            return Err(Failed {
                finding: Some(misplaced(head, &kind)),
                body: inner_block(&mut kind).map(std::mem::take),
            });
        }
        Ok(Done {
            kind,
            cite,
            assumed,
        })
    }

    /// What a statement says, by the rule that read it.
    pub(super) fn kind(&mut self, head: &Head, node: &Node<'_>) -> Read<Kind> {
        match node.as_rule() {
            Rule::source
            | Rule::effective
            | Rule::assesses
            | Rule::out_of
            | Rule::choice
            | Rule::refuse
            | Rule::no_result
            | Rule::extends
            | Rule::edition
            | Rule::let_figure
            | Rule::require
            | Rule::item
            | Rule::group
            | Rule::total
            | Rule::consequence
            | Rule::result => self.scheme_statement(head, node),
            Rule::each | Rule::run | Rule::carry | Rule::reading => self.series(head, node),
            Rule::indicator | Rule::aspect | Rule::procedure | Rule::procedure_step => {
                self.observed(head, node)
            }
            Rule::conditional => self.conditional(head, node),
            Rule::input => self.input(head, node),
            Rule::member => self.member(head, node, false),
            Rule::table | Rule::grade | Rule::row | Rule::adjust => {
                self.table_statement(head, node)
            }
            Rule::guarantee | Rule::example | Rule::given | Rule::expect => self.claim(head, node),
            Rule::missing_rule | Rule::applies | Rule::covers | Rule::weight => {
                self.group_line(head, node)
            }
            _ => self.line(head, node),
        }
    }

    /// The first word of an entry.
    pub(super) fn first_word(&self, entry: &Entry) -> &str {
        let token = entry
            .tokens
            .first()
            .and_then(|index| self.braced.tokens.get(*index));
        token.map_or("", |token| token.span.of(self.text))
    }

    /// The second token of a head as a name.
    fn second_word(&self, head: &Head) -> Option<Name> {
        let token = head.tokens.get(1)?;
        Some(Name {
            text: token.span.of(self.text).to_owned(),
            span: token.span,
        })
    }
}

/// What an entry's rule holds.
fn inner<'h>(head: &Head, node: Node<'h>) -> Read<Node<'h>> {
    let inner = node.into_inner().next();
    inner.ok_or_else(|| super::expr::unknown(head.whole()))
}

/// The citation and the assumption of a statement, wherever its rule has them.
pub(super) fn tail(head: &Head, node: &Node<'_>) -> Read<(Option<Cite>, Option<Quoted>)> {
    let mut cite = None;
    let mut assumed = None;
    for clause in node.clone().into_inner().flatten() {
        let twice = match clause.as_rule() {
            Rule::cite => {
                let mut quotations = parts(&clause, Rule::quoted).map(|part| quoted(head, &part));
                let written = quotations.next().map(|article| Cite {
                    article,
                    says: quotations.next(),
                });
                std::mem::replace(&mut cite, written).is_some()
            }
            Rule::assumed => {
                let written = part(&clause, Rule::quoted).map(|part| quoted(head, &part));
                std::mem::replace(&mut assumed, written).is_some()
            }
            _ => false,
        };
        if twice {
            return Err(written_twice(head.span(&clause)));
        }
    }
    Ok((cite, assumed))
}

/// The block of a statement, which is read even where the statement is not used.
fn inner_block(kind: &mut Kind) -> Option<&mut Block> {
    use super::super::{BaseType, GradeLines, InputShape, Line};
    match kind {
        Kind::Hole(Hole { body, .. }) => body.as_mut(),
        Kind::Item(scored) | Kind::Group(scored) => Some(&mut scored.body),
        Kind::Total { body: block, .. }
        | Kind::Example { body: block, .. }
        | Kind::Each { body: block, .. }
        | Kind::LetMap { rows: block, .. }
        | Kind::Procedure { body: block, .. } => Some(block),
        Kind::Indicator(indicator) => indicator.aspects.as_mut(),
        Kind::Table { body, .. }
        | Kind::LetTable { body, .. }
        | Kind::Line {
            line: Line::ScoreBy { body, .. },
            ..
        } => Some(rows_of(body)),
        Kind::Grade { lines, .. } => match lines {
            GradeLines::Own(body) => Some(rows_of(body)),
            GradeLines::Using(_, block) => block.as_mut(),
        },
        Kind::Input(input) => match &mut input.shape {
            InputShape::Group(block) | InputShape::Either(block) => Some(block),
            InputShape::Field(field) => match &mut field.of.base {
                BaseType::Record(block) => Some(block),
                _ => None,
            },
        },
        _ => None,
    }
}

/// Whether a statement may stand in a block.
fn belongs(kind: &Kind, place: Place) -> bool {
    match place {
        Place::Unknown => true,
        Place::Members => matches!(kind, Kind::Input(_)),
        Place::Rows => matches!(kind, Kind::Row { .. }),
        Place::Grade => matches!(kind, Kind::Row { .. } | Kind::Adjust { .. }),
        Place::Example => matches!(kind, Kind::Given(_) | Kind::Expect(_)),
        Place::Aspects => matches!(kind, Kind::Indicator(_)),
        Place::Procedure => matches!(kind, Kind::ProcedureStep(_)),
        Place::Each => matches!(
            kind,
            Kind::Let { .. }
                | Kind::LetTable { .. }
                | Kind::Run { .. }
                | Kind::Carry { .. }
                | Kind::Consequence { .. }
                | Kind::Require { .. }
                | Kind::Refuse { .. }
                | Kind::Result { .. }
                | Kind::Each { .. }
        ),
        Place::Item => matches!(
            kind,
            Kind::Line { .. } | Kind::Missing { .. } | Kind::Applies(_) | Kind::Reading { .. }
        ),
        Place::Group => matches!(
            kind,
            Kind::Line { .. }
                | Kind::Missing { .. }
                | Kind::Applies(_)
                | Kind::Covers { .. }
                | Kind::Weight { .. }
                | Kind::Item(_)
                | Kind::Group(_)
                | Kind::Reading { .. }
        ),
        Place::Scheme => !matches!(
            kind,
            Kind::Line { .. }
                | Kind::Missing { .. }
                | Kind::Applies(_)
                | Kind::Covers { .. }
                | Kind::Weight { .. }
                | Kind::Row { .. }
                | Kind::Adjust { .. }
                | Kind::Run { .. }
                | Kind::Carry { .. }
                | Kind::ProcedureStep(_)
                | Kind::Given(_)
                | Kind::Expect(_)
        ),
    }
}

fn rows_of(body: &mut super::super::TableBody) -> &mut Block {
    use super::super::TableBody;
    match body {
        TableBody::Rows { rows, .. } | TableBody::Points { rows, .. } => rows,
    }
}
