//! Mistakes in braces, in the place of statements, and in where one ends.

use super::code;

code! {
    /// A `}` is missing.
    BLOCK_NOT_CLOSED "block-not-closed"
    "Every `{` needs its `}`. Where one is missing, the indentation shows where the block was meant to end, and the rest is read as if the brace stood there, so that other mistakes are found too. The scheme cannot be used before the brace is written."
    "每个左花括号都要有右花括号。缺少时按缩进判断该块在哪里结束，并照此继续读下去，以便同时找出其他问题；补上之前方案不能使用。"
    wrong "scheme s {\n    item a out of 10 {\n        start at 10\n    item b out of 10 {\n        start at 10\n    }\n}\n"
    right "scheme s {\n    item a out of 10 {\n        start at 10\n    }\n    item b out of 10 {\n        start at 10\n    }\n}\n"
}

code! {
    /// A `{` is missing.
    BLOCK_NOT_OPENED "block-not-opened"
    "The lines below this one are indented as its block, but its `{` is missing at the end of the line."
    "下面各行缩进如同本行的内容，但本行末尾缺左花括号。"
    wrong "scheme s {\n    item a out of 10\n        start at 10\n    }\n}\n"
    right "scheme s {\n    item a out of 10 {\n        start at 10\n    }\n}\n"
}

code! {
    /// A `}` too many.
    STRAY_BRACE "stray-brace"
    "This `}` has no `{`. Either it is one too many, or the `{` of the block that it closes is missing."
    "这个右花括号没有对应的左花括号：要么多写了一个，要么漏写了左花括号。"
    wrong "scheme s {\n    let x = 1\n    }\n}\n"
    right "scheme s {\n    let x = 1\n}\n"
}

code! {
    /// Statements without a scheme around them.
    NO_SCHEME "no-scheme"
    "A text holds one scheme: `scheme name \"title\" { … }` (方案 代号 \"名称\" { … }). All statements stand inside its braces."
    "一个文件写一个方案：方案 代号 \"名称\" { … }，所有语句都写在花括号之内。"
    wrong "item a out of 10 {\n    start at 10\n}\n"
    right "scheme s {\n    item a out of 10 {\n        start at 10\n    }\n}\n"
}

code! {
    /// Statements before or behind the scheme.
    OUTSIDE_SCHEME "outside-scheme"
    "Nothing but comments may stand before the scheme or behind its closing brace. A rule that stands there would not be applied; move it inside."
    "方案之前和右花括号之后只能有注释。写在那里的规则不会执行，请移到花括号之内。"
    wrong "scheme s {\n    let x = 1\n}\nlet y = 2\n"
    right "scheme s {\n    let x = 1\n    let y = 2\n}\n"
}

code! {
    /// A statement where it cannot stand.
    MISPLACED_STATEMENT "misplaced-statement"
    "The statement itself is right, but it does not belong in this block: deductions stand in an `item`, rows in a `table` or `grade`, `given` and `expect` in an `example`, declarations in the scheme itself."
    "语句本身没有错，但不该写在这里：扣分写在“指标”内，分档写在“对照表”或“等级”内，“已知”“应得”写在“算例”内，输入和各项定义直接写在方案内。"
    wrong "scheme s {\n    input a : count\n    given a = 1\n}\n"
    right "scheme s {\n    input a : count\n    example \"one\" {\n        given a = 1\n    }\n}\n"
}

code! {
    /// Two statements on one line.
    SECOND_STATEMENT "second-statement"
    "One rule, one line. A second statement goes on a line of its own, or behind `;`. Neither of the two is used until it is clear where the first one ends."
    "一行一条规则。第二条请另起一行，或用分号隔开；分清之前，两条都不起作用。"
    wrong "scheme s {\n    input a, b : count\n    item x out of 10 {\n        start at 10\n        deduct 1 per a deduct 2 per b\n    }\n}\n"
    right "scheme s {\n    input a, b : count\n    item x out of 10 {\n        start at 10\n        deduct 1 per a\n        deduct 2 per b\n    }\n}\n"
}

code! {
    /// `{ a => 1 b => 2 }`
    ROWS_NOT_SEPARATED "rows-not-separated"
    "Rows are separated by a comma or a line end: `{ a => 1, b => 2 }`."
    "各行之间用逗号隔开，或各占一行：{ a => 1, b => 2 }。"
    wrong "scheme s {\n    choice c { a, b }\n    input k : c\n    table t by k { a => 1 b => 2 }\n}\n"
    right "scheme s {\n    choice c { a, b }\n    input k : c\n    table t by k { a => 1, b => 2 }\n}\n"
}
