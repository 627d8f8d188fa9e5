//! What an expression should have been: names that are not declared, types and units that do not go
//! together, with what to write instead.

use super::codes;
use super::from_syntax::Builder;
use super::names::Named;
use super::types::{Clash, Type};
use super::{ExprId, ExprKind, ScaleId};
use crate::diagnostic::Diagnostic;
use crate::number::Rational;
use crate::syntax;
use crate::text::{Span, Words, words};

impl Builder<'_> {
    /// Reports a lookup in something that is no table; the two sides may stand the wrong way round.
    pub(super) fn no_table(&mut self, name: &syntax::Name, key: ExprId, span: Span) {
        let text = &name.text;
        let mut diagnostic = Diagnostic::new(
            &codes::UNKNOWN_NAME,
            span,
            words!("there is no table `{text}`", "没有名为“{text}”的对照表"),
        );
        let table = self
            .bare
            .get(&key)
            .filter(|word| matches!(self.names.find(word), Some(Named::Table(_))));
        if let Some(table) = table.cloned() {
            let chinese = span.of(self.text).contains('的');
            let right = if chinese {
                format!("{text} 的 {table}")
            } else {
                format!("{table} of {text}")
            };
            diagnostic = diagnostic
                .with_help(words!(
                    "the two stand the wrong way round: `{table} of {text}`",
                    "前后写反了，请写“{text} 的 {table}”"
                ))
                .with_fix(span, right);
            // The word is the table, and no name that is missing.
            self.replace(key, ExprKind::Unknown, Type::Unknown);
        } else if let Some(near) = self.names.nearest(text) {
            diagnostic = diagnostic
                .with_help(words!("did you mean `{near}`?", "是否想写“{near}”？"))
                .with_fix(name.span, near);
        }
        self.say(diagnostic);
    }

    /// A bare literal above 1 beside a ratio is a percentage without its sign.
    pub(super) fn literal_against_ratio(&mut self, a: ExprId, b: ExprId, compared: bool) {
        for (literal, other) in [(a, b), (b, a)] {
            if self.type_of(other) != Type::Ratio {
                continue;
            }
            let Some(expr) = self.model.expr(literal) else {
                continue;
            };
            if let (ExprKind::Number(value), Type::Literal { .. }) = (&expr.kind, &expr.of)
                && value.abs() > Rational::ONE
            {
                let span = expr.span;
                // Compared with a share, 90 is 90 % without its sign; added to one, it is as it
                // stands.
                let shown = if compared {
                    value.to_string()
                } else {
                    (value * Rational::from_integer(100)).to_string()
                };
                self.say(
                    Diagnostic::new(
                        &codes::PERCENT_AGAINST_NUMBER,
                        span,
                        words!(
                            "this figure meets a ratio, which is 0.9 for 90 %; write `{shown}%`, or make the ratio a number: `1 * share`",
                            "这个数与比率相遇（90% 即 0.9），请写“{shown}%”，或把比率化为数值，如“1 * 占比”"
                        ),
                    )
                    .with_fix(span, format!("{shown}%")),
                );
            }
        }
    }

    /// Reports a figure without end that is used without rounding.
    pub(super) fn unrounded(&mut self, span: Span) {
        self.say(Diagnostic::new(
            &codes::UNROUNDED_IRRATIONAL,
            span,
            words!(
                "a root, a power or a logarithm has no end; write how it is rounded: `round half up square root of x to 2 places`",
                "开方、乘方、对数除不尽，须写明怎样取舍，如“四舍五入 平方根 x 保留2位小数”"
            ),
        ));
    }

    /// Reports the words of an expression that are neither names nor options.
    pub(super) fn report_words(&mut self, root: ExprId) {
        let mut cone = vec![root];
        let mut seen = std::collections::BTreeSet::new();
        while let Some(id) = cone.pop() {
            if !seen.insert(id) {
                continue;
            }
            let Some(expr) = self.model.expr(id) else {
                continue;
            };
            if let ExprKind::Word(text) = &expr.kind {
                let (text, span) = (text.clone(), expr.span);
                self.unknown_name(&text, span);
                self.replace(id, ExprKind::Unknown, Type::Unknown);
            } else {
                expr.kind.operands(|operand| cone.push(operand));
            }
        }
    }

    pub(super) fn unknown_name(&mut self, name: &str, span: Span) {
        let mut diagnostic = Diagnostic::new(
            &codes::UNKNOWN_NAME,
            span,
            words!("`{name}` is not declared", "“{name}”没有声明过"),
        );
        let flag = match name {
            "true" | "True" | "TRUE" => Some("yes"),
            "false" | "False" | "FALSE" => Some("no"),
            _ => None,
        };
        if let Some(flag) = flag {
            diagnostic = diagnostic
                .with_help(words!(
                    "write `{flag}`; a flag is a condition by itself: `when late`, `when not late`",
                    "请写“是”或“否”（yes、no）；是否型的数据本身就是条件：若 迟到，若 非 迟到"
                ))
                .with_fix(span, flag);
        } else if let Some(meant) = self.labelled(name).map(str::to_owned) {
            diagnostic = diagnostic
                .with_help(words!(
                    "`{name}` is the label or key of `{meant}`; rules use the name, `{meant}`",
                    "“{name}”是“{meant}”的标签或代码，规则里请写名称“{meant}”"
                ))
                .with_fix(span, meant);
        } else if let Some(near) = self.names.nearest(name) {
            diagnostic = diagnostic
                .with_help(words!("did you mean `{near}`?", "是否想写“{near}”？"))
                .with_fix(span, near);
        } else if let Some(whole) = self.joined_by_hyphens(span) {
            let written = whole.of(self.text).to_owned();
            diagnostic = Diagnostic::new(
                &codes::UNKNOWN_NAME,
                whole,
                words!(
                    "`{written}` is read as one name minus another, and they are not all declared",
                    "“{written}”被读成几个名称相减，其中有的名称没有声明过"
                ),
            )
            .with_help(words!(
                "a hyphen subtracts; a scheme's name can stand only after `result of`",
                "连字符在算式里是减号；方案的代号不能写在算式里"
            ));
            if self.diagnostics.contains(&diagnostic) {
                return;
            }
        }
        self.say(diagnostic);
    }

    pub(super) fn unknown_option(&mut self, text: &str, scale: ScaleId, span: Span) {
        let name = self.scale_name(scale);
        let options: Vec<String> = self
            .model
            .scale(scale)
            .map(|s| s.options.iter().map(|o| o.shown().to_owned()).collect())
            .unwrap_or_default();
        let list = options.join("、");
        let mut diagnostic = Diagnostic::new(
            &codes::UNKNOWN_OPTION,
            span,
            words!(
                "`{text}` is not one of {name}: {list}",
                "“{text}”不在“{name}”之中：{list}"
            ),
        );
        if let Some(near) = super::names::nearest(text, options.iter().map(String::as_str)) {
            diagnostic = diagnostic
                .with_help(words!("did you mean `{near}`?", "是否想写“{near}”？"))
                .with_fix(span, near);
        }
        self.say(diagnostic);
    }

    pub(super) fn want_flag(&mut self, id: ExprId) {
        let of = self.type_of(id);
        if !matches!(of, Type::Flag | Type::Unknown) {
            let (en, zh) = of.words();
            self.say(Diagnostic::new(
                &codes::NOT_A_CONDITION,
                self.span_of(id),
                words!(
                    "this is {en}; a condition, which is yes or no, belongs here",
                    "这是{zh}，此处应为条件（是或否）"
                ),
            ));
        }
    }

    pub(super) fn want_numeric(&mut self, id: ExprId) {
        let of = self.type_of(id);
        if !of.is_numeric() {
            let (en, zh) = of.words();
            self.say(Diagnostic::new(
                &codes::TYPE_MISMATCH,
                self.span_of(id),
                words!(
                    "this is {en}; a figure belongs here",
                    "这是{zh}，此处应为数值"
                ),
            ));
        }
    }

    /// Reports that two sides do not go together; the result is of no known type.
    pub(super) fn clash(&mut self, clash: Clash, a: ExprId, b: ExprId, span: Span) -> Type {
        let side = |id: ExprId| {
            let (en, zh) = self.type_of(id).words();
            let at = self.span_of(id);
            // The key of a table has no place of its own beside the bound that it meets.
            let is_key = id == a && at == self.span_of(b);
            match self.quoted(at) {
                _ if is_key => words!("{en}", "{zh}"),
                Some(text) => words!("`{text}` ({en})", "“{text}”（{zh}）"),
                None => words!("{en}", "{zh}"),
            }
        };
        let (Words { en: a_en, zh: a_zh }, Words { en: b_en, zh: b_zh }) = (side(a), side(b));
        let mut diagnostic = match clash {
            Clash::RatioWithPlain => Diagnostic::new(
                &codes::PERCENT_AGAINST_NUMBER,
                span,
                words!(
                    "{a_en} meets {b_en}: 90 and 90 % are not the same figure",
                    "{a_zh}与{b_zh}相遇：90 与 90% 不是同一个数"
                ),
            )
            .with_help(words!(
                "write both sides as ratios (90 % is 0.9), or both as numbers: `share * 100`",
                "请两边都写成比率（90% 即 0.9），或都写成数值，如“占比 * 100”"
            )),
            Clash::MoneyWithPlain => Diagnostic::new(
                &codes::UNITS_MIXED,
                span,
                words!(
                    "{a_en} and {b_en} cannot be added or compared",
                    "{a_zh}与{b_zh}不能相加或比较"
                ),
            )
            .with_help(words!(
                "an amount of money has its unit, `200 yuan`; where points are turned into money, write the rate: `points * 50 yuan`",
                "金额请写单位，如 200元；要把分折成钱，请写折算标准，如“扣分 * 50元”"
            )),
            Clash::TimeWithPlain => Diagnostic::new(
                &codes::UNITS_MIXED,
                span,
                words!(
                    "{a_en} and {b_en} cannot be added or compared",
                    "{a_zh}与{b_zh}不能相加或比较"
                ),
            )
            .with_help(words!(
                "a length of time has its unit, `24 hours`; a bare number of it is `x / 1 hours`",
                "时长请写单位，如 24小时；要换成数值，请除以单位，如“x / 1小时”"
            )),
            Clash::Kinds => Diagnostic::new(
                &codes::TYPE_MISMATCH,
                span,
                words!(
                    "{a_en} and {b_en} do not go together",
                    "{a_zh}与{b_zh}不能放在一起"
                ),
            ),
        };
        let (at_a, at_b) = (self.span_of(a), self.span_of(b));
        if at_a != at_b {
            let ((a_en, a_zh), (b_en, b_zh)) = (self.type_of(a).words(), self.type_of(b).words());
            diagnostic = diagnostic
                .with_label(at_a, words!("{a_en}", "{a_zh}"))
                .with_label(at_b, words!("{b_en}", "{b_zh}"));
        }
        // A literal percentage beside a figure on a scale of a hundred: most likely only its sign
        // is wrong.
        if clash == Clash::RatioWithPlain {
            let is_literal = |id: ExprId| {
                matches!(
                    self.model.expr(id).map(|expr| &expr.kind),
                    Some(ExprKind::Number(_))
                )
            };
            let literal = [b, a]
                .into_iter()
                .find(|id| self.type_of(*id) == Type::Ratio && is_literal(*id));
            if let Some(at) = literal.map(|id| self.span_of(id))
                && let Some(figure) = self
                    .quoted(at)
                    .and_then(|text| text.strip_suffix(['%', '％']))
            {
                let figure = figure.trim_end().to_owned();
                diagnostic = diagnostic.with_fix(at, figure);
            }
        }
        self.say(diagnostic);
        Type::Unknown
    }
}
