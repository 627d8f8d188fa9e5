//! A tree as short text without places, so that a test can say what it expects in one line, and
//! so that two spellings of one scheme can be compared.

use super::super::*;

/// Every statement of a tree, one a line, blocks indented.
pub(super) fn tree(tree: &Tree) -> String {
    let mut out = format!(
        "scheme {}{}\n",
        tree.scheme.slug.text,
        label(&tree.scheme.label)
    );
    block(tree, &tree.scheme.body, 1, &mut out);
    out
}

/// The first statement of a tree's scheme, with what stands in it.
pub(super) fn first(tree: &Tree) -> String {
    let mut out = String::new();
    if let Some(first) = tree.scheme.body.statements.first() {
        statement(tree, first, 0, &mut out);
    }
    out.trim_end().to_owned()
}

/// The first statement inside the first statement.
pub(super) fn inner(tree: &Tree) -> String {
    let shown = first(tree);
    let lines: Vec<&str> = shown
        .lines()
        .skip(1)
        .map(|line| line.strip_prefix("  ").unwrap())
        .collect();
    lines.join("\n")
}

fn block(tree: &Tree, block: &Block, depth: usize, out: &mut String) {
    for inner in &block.statements {
        statement(tree, inner, depth, out);
    }
}

fn origin(cite: Option<&Cite>, assumed: Option<&Quoted>) -> String {
    let mut out = String::new();
    if let Some(cite) = cite {
        out.push_str(&format!(" cite({}", cite.article.text));
        if let Some(says) = &cite.says {
            out.push_str(&format!(" says {}", says.text));
        }
        out.push(')');
    }
    if let Some(assumed) = assumed {
        out.push_str(&format!(" assumed({})", assumed.text));
    }
    out
}

fn statement(tree: &Tree, statement: &Statement, depth: usize, out: &mut String) {
    let (line, inner) = kind(tree, &statement.kind);
    out.push_str(&"  ".repeat(depth));
    out.push_str(&line);
    out.push_str(&origin(statement.cite.as_ref(), statement.assumed.as_ref()));
    out.push('\n');
    if let Some(inner) = inner {
        block(tree, inner, depth + 1, out);
    }
}

fn label(label: &Option<Quoted>) -> String {
    match label {
        Some(label) if label.title => format!(" 《{}》", label.text),
        Some(label) => format!(" '{}'", label.text),
        None => String::new(),
    }
}

fn naming(naming: &Naming) -> String {
    let mut out = naming
        .name
        .as_ref()
        .map_or("-".to_owned(), |name| name.text.clone());
    if let Some(key) = &naming.key {
        out.push_str(&format!("@{}", key.text));
    }
    out + &label(&naming.label)
}

fn path(path: &Path) -> String {
    let names: Vec<&str> = path.names.iter().map(|name| name.text.as_str()).collect();
    names.join(".")
}

fn paths(list: &[Path]) -> String {
    list.iter().map(path).collect::<Vec<_>>().join(" ")
}

fn quantity(quantity: &Quantity) -> String {
    let percent = if quantity.percent { "%" } else { "" };
    let unit = quantity
        .unit
        .map_or(String::new(), |unit| format!("{unit:?}"));
    format!("{}{percent}{unit}", quantity.digits)
}

fn some(tree: &Tree, name: &str, id: Option<ExprId>) -> String {
    id.map_or(String::new(), |id| format!(" {name} {}", expr(tree, id)))
}

fn kind<'t>(tree: &Tree, kind: &'t Kind) -> (String, Option<&'t Block>) {
    let e = |id: ExprId| expr(tree, id);
    let line = match kind {
        Kind::Hole(hole) => {
            let names: Vec<&str> = hole
                .declares
                .iter()
                .map(|name| name.text.as_str())
                .collect();
            return (format!("HOLE [{}]", names.join(" ")), hole.body.as_ref());
        }
        Kind::Source(source) => format!("source{}", label(&Some(source.clone()))),
        Kind::Effective { from, until } => {
            let until = until.map_or(String::new(), |until| format!("..{}", until.day));
            format!("effective {}{until}", from.day)
        }
        Kind::Assesses { subject, every } => format!("assesses {} {every:?}", naming(subject)),
        Kind::OutOf(full) => format!("out-of {}", quantity(full)),
        Kind::Choice(choice) => format!(
            "choice {}{} [{}]",
            naming(&choice.naming),
            if choice.best_first { " best-first" } else { "" },
            options(&choice.options)
        ),
        Kind::Input(input) => {
            let names: Vec<String> = input.names.iter().map(naming).collect();
            let word = if input.parameter {
                "parameter"
            } else {
                "input"
            };
            let head = format!("{word} {}", names.join(", "));
            return match &input.shape {
                InputShape::Field(field) => {
                    (format!("{head} : {}", self::field(tree, field)), None)
                }
                InputShape::Group(block) => (format!("{head} group"), Some(block)),
                InputShape::Either(block) => (format!("{head} either"), Some(block)),
            };
        }
        Kind::Refuse {
            code,
            field,
            label: l,
            when,
        } => {
            format!(
                "refuse {} {}{} when {}",
                code.text,
                path(field),
                label(l),
                e(*when)
            )
        }
        Kind::NoResult {
            reason,
            label: l,
            when,
        } => {
            format!("no-result {}{} when {}", reason.text, label(l), e(*when))
        }
        Kind::Let { naming: n, value } => format!("let {} = {}", naming(n), e(*value)),
        Kind::LetTable {
            naming: n,
            by,
            body,
        } => {
            let (how, block) = table_body(body);
            return (format!("let {} by {}{how}", naming(n), e(*by)), Some(block));
        }
        Kind::LetMap {
            naming: n,
            keys,
            rows,
        } => return (format!("let {} per {}", naming(n), keys.text), Some(rows)),
        Kind::Each { binder, over, body } => {
            return (format!("each {} in {}", binder.text, e(*over)), Some(body));
        }
        Kind::Run {
            naming: n,
            of,
            restarts,
            gaps,
        } => {
            let gaps = gaps.map_or(String::new(), |gaps| format!(" gaps {gaps:?}"));
            let restarts = restarts.as_ref().map_or(String::new(), |after| {
                format!(" restarts {}", quantity(after))
            });
            format!("run {} of {}{restarts}{gaps}", naming(n), e(*of))
        }
        Kind::Carry {
            naming: n,
            of,
            first,
            becomes,
        } => format!(
            "carry {} : {} = {} becomes {}",
            naming(n),
            base(tree, of),
            e(*first),
            e(*becomes)
        ),
        Kind::Require {
            naming: n,
            condition,
        } => format!("require {}{}", naming(n), some(tree, ":", *condition)),
        Kind::Reading {
            naming: n,
            alternatives,
            ..
        } => {
            let alternatives: Vec<String> = alternatives
                .iter()
                .map(|one| {
                    let holds = match &one.holds {
                        Held::Value(value) => format!("=> {}", e(*value)),
                        Held::Lines(lines) => format!("[{}]", joined(tree, lines)),
                    };
                    let origin = origin(one.cite.as_ref(), one.assumed.as_ref());
                    format!("{} {holds}{origin}", naming(&one.naming))
                })
                .collect();
            format!("reading {} {{{}}}", naming(n), alternatives.join("; "))
        }
        Kind::Extends(scheme) => format!("extends {}", scheme.text),
        Kind::EditionOf(scheme) => format!("edition of {}", scheme.text),
        Kind::Indicator(indicator) => {
            let on = indicator.on.as_ref().map_or(String::new(), |on| match on {
                IndicatorScale::Choice(name) => format!(" on {}", name.text),
                IndicatorScale::Points(from, to) => {
                    format!(" on points {}..{}", quantity(from), quantity(to))
                }
            });
            return (
                format!(
                    "indicator {}{on} from {} by {} {:?}",
                    naming(&indicator.naming),
                    quotations(&indicator.from),
                    quotations(&indicator.by),
                    indicator.better
                ),
                indicator.aspects.as_ref(),
            );
        }
        Kind::Procedure {
            naming: n,
            every,
            body,
        } => return (format!("procedure {} {every:?}", naming(n)), Some(body)),
        Kind::ProcedureStep(step) => self::step(step),
        Kind::Item(scored) | Kind::Group(scored) => {
            let word = if matches!(kind, Kind::Item(_)) {
                "item"
            } else {
                "group"
            };
            let full = scored
                .out_of
                .as_ref()
                .map_or(String::new(), |full| format!(" out-of {}", quantity(full)));
            return (
                format!("{word} {}{full}", naming(&scored.naming)),
                Some(&scored.body),
            );
        }
        Kind::Total { label, body } => {
            let label = label
                .as_ref()
                .map_or(String::new(), |label| format!(" '{}'", label.text));
            return (format!("total{label}"), Some(body));
        }
        Kind::Table {
            naming: n,
            by,
            body,
        } => {
            let (how, block) = table_body(body);
            let by: Vec<String> = by.iter().map(|by| format!(" by {}", e(*by))).collect();
            return (
                format!("table {}{}{how}", naming(n), by.concat()),
                Some(block),
            );
        }
        Kind::Grade {
            naming: n,
            by,
            lines,
        } => {
            let head = format!("grade {} by {}", naming(n), e(*by));
            return match lines {
                GradeLines::Own(body) => {
                    let (how, block) = table_body(body);
                    (format!("{head}{how}"), Some(block))
                }
                GradeLines::Using(table, block) => {
                    (format!("{head} using {}", table.text), block.as_ref())
                }
            };
        }
        Kind::Consequence {
            naming: n,
            amount,
            to,
            when,
        } => {
            let to = to
                .as_ref()
                .map_or(String::new(), |to| format!(" to '{}'", to.text));
            format!(
                "consequence {}{}{to} when {}",
                naming(n),
                some(tree, "amount", *amount),
                e(*when)
            )
        }
        Kind::Result { naming: n, shape } => {
            let shape = match shape {
                ResultShape::Figure => String::new(),
                ResultShape::Value(value) => format!(" = {}", e(*value)),
                ResultShape::Fields(list) => fields(tree, list),
                ResultShape::Each {
                    binder,
                    over,
                    gives,
                } => {
                    let gives = match gives {
                        EachGives::Value(value) => format!(" = {}", e(*value)),
                        EachGives::Fields(list) => fields(tree, list),
                    };
                    format!(" per {} in {}{gives}", binder.text, e(*over))
                }
            };
            format!("result {}{shape}", naming(n))
        }
        Kind::Line { line, when } => {
            let (shown, block) = self::line(tree, line);
            return (format!("{shown}{}", some(tree, "when", *when)), block);
        }
        Kind::Missing { pattern, then } => {
            let pattern = match pattern {
                MissingPattern::Any => "any".to_owned(),
                MissingPattern::These(these) => paths(these),
                MissingPattern::All => "all".to_owned(),
                MissingPattern::FewerThan(few) => format!("fewer than {}", quantity(few)),
            };
            let then = match then {
                MissingThen::GiveTo(to) => format!("give to {}", path(to)),
                MissingThen::Weights(weights) => weights
                    .iter()
                    .map(|(member, weight)| format!("{} {}", path(member), quantity(weight)))
                    .collect::<Vec<_>>()
                    .join(", "),
                MissingThen::CountAs(value) => format!("count as {}", e(*value)),
                MissingThen::NoResult { reason, label: l } => {
                    format!("no-result {}{}", reason.text, label(l))
                }
                other => format!("{other:?}"),
            };
            format!("missing {pattern} => {then}")
        }
        Kind::Applies(when) => format!("applies {}", e(*when)),
        Kind::Covers {
            part,
            whole,
            label: l,
        } => format!(
            "covers {} of {}{}",
            quantity(part),
            quantity(whole),
            label(l)
        ),
        Kind::Weight { weight, member } => format!("weight {} {}", quantity(weight), path(member)),
        Kind::Row { test, outcome } => {
            format!("{} => {}", self::test(tree, test), e(*outcome))
        }
        Kind::Adjust {
            when,
            what,
            label: l,
        } => {
            let what = match what {
                Adjustment::NoBetterThan(grade) => format!("no better than {}", e(*grade)),
                Adjustment::NoWorseThan(grade) => format!("no worse than {}", e(*grade)),
                Adjustment::OneStepHigher => "one step higher".to_owned(),
                Adjustment::OneStepLower => "one step lower".to_owned(),
                Adjustment::Becomes(grade) => e(*grade),
            };
            format!("when {} => {what}{}", e(*when), label(l))
        }
        Kind::Guarantee(guarantee) => match guarantee {
            Guarantee::Within(figure, within) => {
                format!("guarantee {} in {}", e(*figure), range(tree, within))
            }
            Guarantee::Never {
                figure,
                direction,
                with,
            } => format!(
                "guarantee {} never {direction:?} with {}",
                path(figure),
                paths(with)
            ),
            Guarantee::NeverGainsByMissing { figure, missing } => format!(
                "guarantee {} never gains by missing {}",
                path(figure),
                paths(missing)
            ),
            Guarantee::EveryGradeReachable => "guarantee every grade reachable".to_owned(),
            Guarantee::Implies(a, b) => format!("guarantee {} implies {}", e(*a), e(*b)),
            Guarantee::Always(a) => format!("guarantee {}", e(*a)),
        },
        Kind::Example { label: l, body } => return (format!("example{}", label(l)), Some(body)),
        Kind::Given(list) => format!("given {}", assignments(tree, list)),
        Kind::Expect(expectation) => match expectation {
            Expectation::Figures(list) => format!("expect {}", assignments(tree, list)),
            Expectation::NoResult(reason) => format!("expect no-result {}", reason.text),
            Expectation::Refused { code, field } => {
                format!("expect refused {} {}", code.text, path(field))
            }
        },
    };
    (line, None)
}

fn test(tree: &Tree, test: &Test) -> String {
    let e = |id: ExprId| expr(tree, id);
    match test {
        Test::From(at) => format!("from {}", e(*at)),
        Test::Above(at) => format!("above {}", e(*at)),
        Test::UpTo(at) => format!("up-to {}", e(*at)),
        Test::Below(at) => format!("below {}", e(*at)),
        Test::Within(low, high) => format!("{}..{}", e(*low), e(*high)),
        Test::Bounded(low, high) => format!(
            "{}{},{}{}",
            if low.included { '[' } else { '(' },
            e(low.at),
            e(high.at),
            if high.included { ']' } else { ')' }
        ),
        Test::Is(values) => values.iter().map(|id| e(*id)).collect::<Vec<_>>().join("|"),
        Test::Several(tests) => tests
            .iter()
            .map(|one| self::test(tree, one))
            .collect::<Vec<_>>()
            .join(" & "),
        Test::Otherwise => "otherwise".to_owned(),
        Test::Missing => "missing".to_owned(),
    }
}

fn fields(tree: &Tree, fields: &[FieldEntry]) -> String {
    let fields: Vec<String> = fields
        .iter()
        .map(|entry| match entry {
            FieldEntry::One(n, value) => format!("{}{}", naming(n), some(tree, "=", *value)),
            FieldEntry::Per {
                binder,
                over,
                value,
            } => format!(
                "per {} in {} = {}",
                binder.text,
                expr(tree, *over),
                expr(tree, *value)
            ),
        })
        .collect();
    format!(" {{{}}}", fields.join("; "))
}

fn joined(tree: &Tree, lines: &Block) -> String {
    let mut out = String::new();
    block(tree, lines, 0, &mut out);
    out.trim_end().replace('\n', "; ")
}

fn quotations(list: &[Quoted]) -> String {
    let texts: Vec<&str> = list.iter().map(|one| one.text.as_str()).collect();
    format!("[{}]", texts.join(" "))
}

fn step(step: &ProcedureStep) -> String {
    let mut out = format!("step {}{}", step.slug.text, label(&step.label));
    if let Some(every) = step.every {
        out.push_str(&format!(" every {every:?}"));
    }
    if let Some(times) = &step.times {
        out.push_str(&format!(" {}", quantity(times)));
    }
    if step.as_needed {
        out.push_str(" as needed");
    }
    let last = |last_month: &bool| if *last_month { " of last month" } else { "" };
    match &step.window {
        Some(Window::Days {
            from,
            to,
            last_month,
        }) => {
            let to = to
                .as_ref()
                .map_or(String::new(), |to| format!("..{}", quantity(to)));
            out.push_str(&format!(" on {}{to}{}", quantity(from), last(last_month)));
        }
        Some(Window::ByDay { day, last_month }) => {
            out.push_str(&format!(" by {}{}", quantity(day), last(last_month)));
        }
        Some(Window::BeforeEnd(period)) => out.push_str(&format!(" before end of {period:?}")),
        Some(Window::Within { time, of }) => {
            out.push_str(&format!(" within {} of {}", quantity(time), of.text));
        }
        None => {}
    }
    let names = |list: &[Naming]| list.iter().map(naming).collect::<Vec<_>>().join(", ");
    let after: Vec<&str> = step.after.iter().map(|one| one.text.as_str()).collect();
    out.push_str(&format!(
        " by {} requires [{}] after [{}] gives [{}]",
        quotations(&step.by),
        names(&step.requires),
        after.join(" "),
        names(&step.gives)
    ));
    if let Some(kept) = &step.kept {
        out.push_str(&format!(" kept {}", quantity(kept)));
    }
    out
}

fn base(tree: &Tree, of: &BaseType) -> String {
    match of {
        BaseType::Named(name) => name.text.clone(),
        BaseType::Record(members) => format!("{{{}}}", joined(tree, members)),
        BaseType::OneOf { tag, kinds } => {
            let kinds: Vec<String> = kinds
                .iter()
                .map(|(n, members)| format!("{} {{{}}}", naming(n), joined(tree, members)))
                .collect();
            format!("one of {} {}", naming(tag), kinds.join(" "))
        }
        BaseType::ResultOf(scheme) => format!("result of {}", scheme.text),
        base => format!("{base:?}"),
    }
}

fn line<'t>(tree: &Tree, line: &'t Line) -> (String, Option<&'t Block>) {
    let e = |id: ExprId| expr(tree, id);
    let shown = match line {
        Line::StartAt(at) => format!("start {}", e(*at)),
        Line::Change { sign, amount, per } => {
            let per = per.as_ref().map_or(String::new(), |per| {
                let basis = match per.basis {
                    PerBasis::Each => "each".to_owned(),
                    PerBasis::Full(of) => format!("full {}", e(of)),
                    PerBasis::Started(of) => format!("started {}", e(of)),
                    PerBasis::InProportion(of) => format!("in proportion {}", e(of)),
                };
                format!(
                    " per {basis} {}{}{}",
                    e(per.of),
                    some(tree, "beyond", per.beyond),
                    some(tree, "at most", per.at_most)
                )
            });
            format!("{sign:?} {}{per}", e(*amount))
        }
        Line::Score(value) => format!("score {}", e(*value)),
        Line::ScoreBy { by, averaged, body } => {
            let (how, block) = table_body(body);
            let averaged = if *averaged { " averaged" } else { "" };
            return (format!("score by {}{averaged}{how}", e(*by)), Some(block));
        }
        Line::MultiplyBy(by) => format!("multiply {}", e(*by)),
        Line::NotBelow(at) => format!("not below {}", e(*at)),
        Line::NotAbove(at) => format!("not above {}", e(*at)),
        Line::Round(how) => rounding(how),
        Line::MayGoBelowZero => "may go below zero".to_owned(),
        Line::MayExceed => "may exceed".to_owned(),
    };
    (shown, None)
}

fn table_body(body: &TableBody) -> (String, &Block) {
    match body {
        TableBody::Rows { rows, between } => (
            between.map_or(String::new(), |how| format!(" {how:?}")),
            rows,
        ),
        TableBody::Points { rows, ends } => (
            ends.map_or(" points".to_owned(), |ends| format!(" points {ends:?}")),
            rows,
        ),
    }
}

fn rounding(rounding: &Rounding) -> String {
    let to = match &rounding.to {
        RoundTo::Places(places) => format!("{} places", quantity(places)),
        RoundTo::Whole => "whole".to_owned(),
        RoundTo::Multiple(of) => format!("multiple {}", quantity(of)),
    };
    format!("round {:?} {to}", rounding.mode)
}

fn options(list: &[ChoiceOption]) -> String {
    list.iter()
        .map(|option| naming(&option.naming))
        .collect::<Vec<_>>()
        .join(", ")
}

fn assignments(tree: &Tree, list: &[Assignment]) -> String {
    list.iter()
        .map(|one| format!("{} = {}", path(&one.target), expr(tree, one.value)))
        .collect::<Vec<_>>()
        .join(", ")
}

fn range(tree: &Tree, range: &Range) -> String {
    let end = |bound: &Option<Bound>, open: &str| {
        bound.map_or(String::new(), |bound| {
            let open = if bound.included { "" } else { open };
            format!("{open}{}", expr(tree, bound.at))
        })
    };
    format!("{}..{}", end(&range.low, ">"), end(&range.high, "<"))
}

fn field(tree: &Tree, field: &Field) -> String {
    let list = if field.of.list { "list of " } else { "" };
    let mut out = format!("{list}{}", base(tree, &field.of.base));
    if let Some(within) = &field.of.range {
        out.push_str(&format!(" {}", range(tree, within)));
    }
    if let Some(per) = &field.of.per {
        match &per.keys {
            MapKeys::Choice(name) => out.push_str(&format!(" per {}", name.text)),
            MapKeys::Text => out.push_str(" per text"),
            MapKeys::Listed(list) => out.push_str(&format!(" per [{}]", options(list))),
        }
        if let Some(sum) = &per.summing_to {
            out.push_str(&format!(" summing {}", quantity(sum)));
        }
        if per.in_order {
            out.push_str(" keys-in-order");
        }
    }
    match &field.in_order {
        Some(InOrder::AsGiven) => out.push_str(" in-order"),
        Some(InOrder::By(by)) => out.push_str(&format!(" in-order-by {}", path(by))),
        None => {}
    }
    if field.unique {
        out.push_str(" unique");
    }
    if field.optional {
        out.push_str(" optional");
    }
    out.push_str(&some(tree, "only when", field.only_when));
    out.push_str(&some(tree, "default", field.default));
    if field.several_averaged {
        out.push_str(" averaged");
    }
    if let Some(better) = field.better {
        out.push_str(&format!(" {better:?}"));
    }
    if let Some(step) = &field.step {
        out.push_str(&format!(" step {}", quantity(step)));
    }
    out
}

/// An expression with a bracket around everything that has parts.
pub(super) fn expr(tree: &Tree, id: ExprId) -> String {
    let e = |id: ExprId| expr(tree, id);
    let list = |ids: &[ExprId]| ids.iter().map(|id| e(*id)).collect::<Vec<_>>().join(" ");
    match &tree.exprs[id.0 as usize].kind {
        ExprKind::Quantity(figure) => quantity(figure),
        ExprKind::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        ExprKind::Path(p) => path(p),
        ExprKind::Quoted(quoted) => format!("'{}'", quoted.text),
        ExprKind::Bracket(inner) => format!("[{}]", e(*inner)),
        ExprKind::Unary(op, of) => format!("({op:?} {})", e(*of)),
        ExprKind::Binary(op, a, b) => {
            let sign = match op {
                BinaryOp::Or => "or",
                BinaryOp::And => "and",
                BinaryOp::Equal => "=",
                BinaryOp::NotEqual => "<>",
                BinaryOp::Less => "<",
                BinaryOp::LessEqual => "<=",
                BinaryOp::Greater => ">",
                BinaryOp::GreaterEqual => ">=",
                BinaryOp::Plus => "+",
                BinaryOp::Minus => "-",
                BinaryOp::Times => "*",
                BinaryOp::Over => "/",
            };
            format!("({} {sign} {})", e(*a), e(*b))
        }
        ExprKind::If {
            condition,
            then,
            otherwise,
        } => {
            format!(
                "(if {} then {}{})",
                e(*condition),
                e(*then),
                some(tree, "else", *otherwise)
            )
        }
        ExprKind::Given(p) => format!("(given {})", path(p)),
        ExprKind::IsOneOf(of, list_of) => format!("({} one of {})", e(*of), list(list_of)),
        ExprKind::Otherwise(a, b) => format!("({} otherwise {})", e(*a), e(*b)),
        ExprKind::NoValue => "no-value".to_owned(),
        ExprKind::Aggregate(how, of) => format!("({how:?} {})", list(of)),
        ExprKind::WeightOf(p) => format!("(weight {})", path(p)),
        ExprKind::PartOf(p) => format!("(part {})", path(p)),
        ExprKind::FullMarks(p) => format!("(full marks {})", path(p)),
        ExprKind::TableOf(table, of) => format!("({} of {})", table.text, e(*of)),
        ExprKind::Round(how, of) => format!("({} {})", rounding(how), e(*of)),
        ExprKind::ConsequencesFired => "fired".to_owned(),
        ExprKind::List(of) => format!("list[{}]", list(of)),
        ExprKind::Map(entries) => {
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, value)| format!("{} {}", key.text, e(*value)))
                .collect();
            format!("map[{}]", entries.join(", "))
        }
        ExprKind::Date(date) => date.day.to_string(),
        ExprKind::Time(time) => time.at.to_string(),
        ExprKind::At(of, key) => format!("{}@{}", e(*of), e(*key)),
        ExprKind::For {
            value,
            binder,
            over,
            only,
        } => format!(
            "({} for {} in {}{})",
            e(*value),
            binder.text,
            e(*over),
            some(tree, "where", *only)
        ),
        ExprKind::Where(of, condition) => format!("({} where {})", e(*of), e(*condition)),
        ExprKind::NamesIn(of, condition) => format!("(names {} where {})", e(*of), e(*condition)),
        ExprKind::Every(quantifier) => format!("(every {})", self::quantifier(tree, quantifier)),
        ExprKind::Some(quantifier) => format!("(some {})", self::quantifier(tree, quantifier)),
        ExprKind::ShareOf(of, condition) => format!("(share {} where {})", e(*of), e(*condition)),
        ExprKind::SkippingMissing(of) => format!("({} skipping)", e(*of)),
        ExprKind::CountingMissing(of, value) => format!("({} counting {})", e(*of), e(*value)),
        ExprKind::Pick { which, count, of } => {
            format!("({which:?} {} {})", e(*count), e(*of))
        }
        ExprKind::Sorted { of, by } => {
            let by: Vec<String> = by
                .iter()
                .map(|key| {
                    let down = if key.highest_first { "-" } else { "" };
                    format!("{down}{}", e(key.by))
                })
                .collect();
            format!("({} sorted[{}])", e(*of), by.join(" "))
        }
        ExprKind::Rank {
            of,
            among,
            highest_first,
            ties,
        } => {
            let down = if *highest_first { "-" } else { "" };
            format!("(rank {down}{} in {} {ties:?})", e(*of), e(*among))
        }
        ExprKind::Top {
            size,
            among,
            by,
            rounding,
            ties,
        } => format!(
            "(top {} of {} by {} {rounding:?} {ties:?})",
            e(*size),
            e(*among),
            e(*by)
        ),
        ExprKind::Split {
            pool,
            by,
            among,
            to,
            remainder,
        } => format!(
            "(split {} by {} in {} to {} {remainder:?})",
            e(*pool),
            e(*by),
            e(*among),
            quantity(to)
        ),
        ExprKind::TallyScored(of, table) => format!("({} scored by {})", e(*of), table.text),
        ExprKind::Root(of) => format!("(root {})", e(*of)),
        ExprKind::Power(of, exponent) => format!("({} ^ {})", e(*of), e(*exponent)),
        ExprKind::Logarithm(which, of) => format!("({which:?} log {})", e(*of)),
        ExprKind::DatePart(which, of) => format!("({which:?} of {})", e(*of)),
        ExprKind::FailedRequirements => "failed-requirements".to_owned(),
        ExprKind::AllRequirementsHold => "all-hold".to_owned(),
        ExprKind::Hole => "HOLE".to_owned(),
    }
}

fn quantifier(tree: &Tree, quantifier: &Quantifier) -> String {
    let binder = quantifier
        .binder
        .as_ref()
        .map_or(String::new(), |binder| format!("{} in ", binder.text));
    format!(
        "{binder}{} has {}",
        expr(tree, quantifier.over),
        expr(tree, quantifier.has)
    )
}
