//! Mistakes in letters, signs, quotes and figures.

use super::code;

code! {
    /// Longer, deeper or more than the limits allow.
    LIMIT_PASSED "limit-passed"
    "A text may have 1 MiB, 10,000 statements, 32 blocks inside each other, 10,000 words in a statement, 64 brackets or `if`s inside each other, names of 256 bytes, quotations of 64 KiB, and 100 findings. Programs that embed the library can set other limits. What lies beyond a limit is refused, never read in part."
    "一个文本最多 1 MiB、10000 条语句、花括号嵌套 32 层；一条语句最多 10000 个词；括号和“若”嵌套最多 64 层；名称最多 256 字节，引号内最多 64 KiB；最多列出 100 条问题。嵌入本库的程序可另设上限。超出上限的内容一律拒绝，不会只读一部分。"
    wrong "scheme s {\n    let x = ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))\n}\n"
    right "scheme s {\n    let x = (1)\n}\n"
}

code! {
    /// A control character or one without width.
    INVISIBLE_CHARACTER "invisible-character"
    "Control characters, characters without width and marks that turn the direction of writing make a text show something else than it computes. They are refused everywhere, also in comments and quotations. They usually come with text copied from a web page; deleting them changes nothing that can be seen."
    "控制字符、零宽字符和改变书写方向的标记会使看到的文字与实际计算的不一致，因此在任何位置（包括注释和引号内）都不接受。它们多半是从网页复制时带来的，删去后看上去没有变化。"
    wrong "scheme s {\n    let to\u{200B}tal_sum = 1\n}\n"
    right "scheme s {\n    let total_sum = 1\n}\n"
}

code! {
    /// A sign that the language does not use.
    UNKNOWN_SIGN "unknown-sign"
    "The language uses letters, figures, quotes, brackets, `= < > + - * / % : , ; . #` and their full-width forms. Another sign stands in a name or between words here."
    "语言只使用文字、数字、引号、括号和 = < > + - * / % : , ; . # 及其全角形式。这里出现了别的符号。"
    wrong "scheme s {\n    let x = 2 @ 3\n}\n"
    right "scheme s {\n    let x = 2 * 3\n}\n"
}

code! {
    /// A quotation that its line does not close.
    QUOTE_NOT_CLOSED "quote-not-closed"
    "A quotation begins and ends on one line. The statement on this line is not used until the closing quote is written."
    "引号必须在同一行内闭合。补上后引号之前，本行语句不起作用。"
    wrong "scheme s {\n    let x \"得分 = 1\n}\n"
    right "scheme s {\n    let x \"得分\" = 1\n}\n"
}

code! {
    /// Curly quotes inside curly quotes.
    QUOTE_INSIDE_QUOTE "quote-inside-quote"
    "Input methods write “ and ” in turn, whichever was meant, so any of them closes a quotation. A quotation that itself holds curly quotes stands in \"…\" or 「…」."
    "输入法交替产生 “ 和 ”，因此遇到其中任何一个都算引号结束。文字里本来就有弯引号时，外层请用 \"…\" 或 「…」。"
    wrong "scheme s {\n    let x “含“三个”字” = 1\n}\n"
    right "scheme s {\n    let x \"含“三个”字\" = 1\n}\n"
}

code! {
    /// `//` or `/*` for a comment.
    COMMENT_SIGN "comment-sign"
    "A comment begins with `#` and ends with its line."
    "注释以 # 开头，到行末为止。"
    wrong "scheme s {\n    // the score\n    let x = 1\n}\n"
    right "scheme s {\n    # the score\n    let x = 1\n}\n"
}

code! {
    /// `==`, `&&`, `!=` and the like.
    OPERATOR_SIGN "operator-sign"
    "Equality is one `=`, inequality `<>` or `≠`; conditions are joined by the words `and`, `or`, `not` (且, 或, 非)."
    "相等用一个 =，不等用 <> 或 ≠；条件之间用“且”“或”“非”连接。"
    wrong "scheme s {\n    input a : count\n    let x = if a == 1 then 2 else 3\n}\n"
    right "scheme s {\n    input a : count\n    let x = if a = 1 then 2 else 3\n}\n"
}

code! {
    /// `05`, `.5`, `5.`, `1e5`.
    FIGURE_FORM "figure-form"
    "A figure is written `12`, `12.5` or `1_000`: no zero in front, digits on both sides of the point, `_` only between digits, no exponent. Spreadsheets drop zeros and turn long figures into exponents; write them out."
    "数字写作 12、12.5 或 1_000：前面不加 0，小数点两边都要有数字，下划线只放在数字之间，不用科学计数法。表格软件会丢掉 0 或把长数字变成科学计数法，请完整写出。"
    wrong "scheme s {\n    let x = .5\n}\n"
    right "scheme s {\n    let x = 0.5\n}\n"
}

code! {
    /// More digits than can be held exactly.
    FIGURE_NOT_EXACT "figure-not-exact"
    "Figures in a scheme have at most 28 digits. A longer one would have to be rounded, and nothing is rounded that no rule rounds."
    "方案中的数字最多 28 位。更长的数字只能舍入后保存，而没有规则要求的舍入一概不做。"
    wrong "scheme s {\n    let x = 0.1234567890123456789012345678901234567890\n}\n"
    right "scheme s {\n    let x = 0.1234567890123456789012345678\n}\n"
}

code! {
    /// 满分五十
    FIGURE_IN_WORDS "figure-in-words"
    "Figures stand in digits: 满分50, not 满分五十."
    "数字请用阿拉伯数字：满分50，不写满分五十。"
    wrong "方案 s {\n    满分五十\n}\n"
    right "方案 s {\n    满分50\n}\n"
}

code! {
    /// `1,234.5`
    THOUSANDS_COMMA "thousands-comma"
    "A comma separates figures; `1,234.5` would be 1 and 234.5. Write `1234.5` or `1_234.5`."
    "逗号用来分隔数字，1,234.5 会被当作 1 和 234.5。请写 1234.5 或 1_234.5。"
    wrong "scheme s {\n    let x = 1,234.5\n}\n"
    right "scheme s {\n    let x = 1234.5\n}\n"
}

code! {
    /// `¥200`
    UNIT_BEFORE_FIGURE "unit-before-figure"
    "The unit stands behind the figure: `200 yuan` (200元)."
    "单位写在数字后面：200元。"
    wrong "scheme s {\n    input late : flag\n    consequence fine amount ¥200 when late\n}\n"
    right "scheme s {\n    input late : flag\n    consequence fine amount 200 yuan when late\n}\n"
}

code! {
    /// `2012-1-1`, `2012/01/01`, 30 February.
    BAD_DATE "bad-date"
    "A date has four, two and two digits with hyphens between, or 年, 月 and 日 behind them: `2012-01-01`, `2012年1月1日`. It must be a day of the calendar."
    "日期写作 2012-01-01（四位、两位、两位）或 2012年1月1日，而且必须是日历上存在的日子。"
    wrong "scheme s {\n    effective from 2012/1/1\n}\n"
    right "scheme s {\n    effective from 2012-01-01\n}\n"
}
