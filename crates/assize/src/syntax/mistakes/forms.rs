//! Mistakes in words and in the form of statements.

use super::code;

code! {
    /// 每问题数扣1
    WORDS_GLUED "words-glued"
    "Words written without a blank between them are one word: `每问题数扣1` is a name, not a rule. Put a blank between words; only a figure and its unit may touch (扣6分, 满分100分)."
    "词与词之间不空格就是一个词：“每问题数扣1”会被当作一个名称。词与词之间请空一格，只有数字及其单位可以与前面的词连写（扣6分、满分100分）。"
    wrong "方案 s {\n    输入 问题数 ： 次数\n    指标 a 满分10 {\n        起评10\n        每问题数扣1\n    }\n}\n"
    right "方案 s {\n    输入 问题数 ： 次数\n    指标 a 满分10 {\n        起评10\n        每 问题数 扣1\n    }\n}\n"
}

code! {
    /// `iten`, `out off`
    MISSPELLED_WORD "misspelled-word"
    "A word stands where a word of the language was expected and looks much like one. The statement is not used until it is mended; the block behind it is checked all the same."
    "此处应是语言中的词，写出的词与它很相近，可能是笔误。改正之前本条不起作用，但其后花括号内的内容仍会检查。"
    wrong "scheme s {\n    iten a out of 10 {\n        start at 10\n    }\n}\n"
    right "scheme s {\n    item a out of 10 {\n        start at 10\n    }\n}\n"
}

code! {
    /// `每发生一起 投诉 扣5分`, `for each m in months`
    OTHER_WORDING "other-wording"
    "A phrase makes sense to a reader, and the language has one wording of its own for it, so that every scheme says it alike: `below` in a condition is `<`, 如果 is 若, 0至100 is 0..100, `for each` is `each`, and 扣完为止 is a line of its own, `not below 0`. The finding offers the wording. The statement is not used until it is mended."
    "条文里的说法在这里另有固定写法，以便各方案一致：条件里的“低于”写 <，“如果”写“若”，“0至100”写 0..100，“每发生一起投诉”写“每 投诉”，“每个”写“每”，“扣完为止”单独写一行“最低0分”。提示中给出了该写法；改正之前本条不起作用。"
    wrong "方案 s {\n    输入 投诉 : 次数\n    指标 服务 满分10分 {\n        起评10分\n        每发生一起 投诉 扣5分\n    }\n}\n"
    right "方案 s {\n    输入 投诉 : 次数\n    指标 服务 满分10分 {\n        起评10分\n        每 投诉 扣5分\n    }\n}\n"
}

code! {
    /// `input when : flag`
    RESERVED_WORD "reserved-word"
    "These words hold sentences together and cannot be names: cite per by otherwise or and not if then else when where of in missing yes no; 条款 每 按 其余 或 且 非 若 则 否则 当 其中 的 在 缺项 是 否. Choose another name; an option may be written as a label in quotes."
    "这些词用来连接句子，不能作名称：条款 每 按 其余 或 且 非 若 则 否则 当 其中 的 在 缺项 是 否；cite per by otherwise or and not if then else when where of in missing yes no。请换一个名称；选项可以写成带引号的文字。"
    wrong "scheme s {\n    input when : flag\n}\n"
    right "scheme s {\n    input when_done : flag\n}\n"
}

code! {
    /// 扣1分 每 问题数
    CAUSE_FIRST "cause-first"
    "In Chinese the cause comes first: 每 问题数 扣1分, 若 迟到 则 扣5分. In English it comes last: `deduct 1 per issues`."
    "中文先写原因，后写扣分：每 问题数 扣1分；若 迟到 则 扣5分。"
    wrong "方案 s {\n    输入 问题数 ： 次数\n    指标 a 满分10 {\n        起评10\n        扣1分每问题数\n    }\n}\n"
    right "方案 s {\n    输入 问题数 ： 次数\n    指标 a 满分10 {\n        起评10\n        每 问题数 扣1分\n    }\n}\n"
}

code! {
    /// `deduct 5 if late`
    CONDITION_WITH_IF "condition-with-if"
    "A condition behind a rule begins with `when`: `deduct 5 when late`. In Chinese it comes first: 若 迟到 则 扣5分. The line is not used as it stands: without its condition it would deduct from everybody."
    "条件写在前面：若 迟到 则 扣5分。照现在的写法本行不起作用，否则会变成对所有人扣分。"
    wrong "scheme s {\n    input late : flag\n    item a out of 10 {\n        start at 10\n        deduct 5 if late\n    }\n}\n"
    right "scheme s {\n    input late : flag\n    item a out of 10 {\n        start at 10\n        deduct 5 when late\n    }\n}\n"
}

code! {
    /// `if late deduct 5`
    IF_WITHOUT_THEN "if-without-then"
    "Behind `if` and its condition stands `then` (若 … 则 …)."
    "“若 …”之后应有“则”。"
    wrong "scheme s {\n    input late : flag\n    item a out of 10 {\n        start at 10\n        if late deduct 5\n    }\n}\n"
    right "scheme s {\n    input late : flag\n    item a out of 10 {\n        start at 10\n        if late then deduct 5\n    }\n}\n"
}

code! {
    /// 优秀从95
    ROW_WITHOUT_CONDITION "row-without-condition"
    "A row of a table or grade is a condition, `=>` (为), and what it gives: `from 95 => 优秀`, 不低于95 为 优秀. A row without a condition would give its grade to everybody; it is not used."
    "等级或对照表的一行应写“条件 为 结果”：不低于95 为 优秀，或 from 95 => 优秀。没有条件的行不起作用。"
    wrong "方案 s {\n    输入 x ： 分值 0..100\n    等级 按 x {\n        优秀从95\n        其余 为 不合格\n    }\n}\n"
    right "方案 s {\n    输入 x ： 分值 0..100\n    等级 按 x {\n        不低于95 为 优秀\n        其余 为 不合格\n    }\n}\n"
}

code! {
    /// `from 95% -> 10`
    EXPECTED_ARROW "expected-arrow"
    "Between the condition of a row and what it gives stands `=>` (为)."
    "一行的条件与结果之间应写 => 或“为”。"
    wrong "scheme s {\n    input x : ratio\n    table t by x {\n        from 95% -> 10\n        otherwise => 0\n    }\n}\n"
    right "scheme s {\n    input x : ratio\n    table t by x {\n        from 95% => 10\n        otherwise => 0\n    }\n}\n"
}

code! {
    /// `input x count`
    EXPECTED_COLON "expected-colon"
    "Between the name of an input and its type stands a colon: `input x : count`."
    "输入的名称与类型之间应有冒号：输入 x ： 次数。"
    wrong "scheme s {\n    input x count\n}\n"
    right "scheme s {\n    input x : count\n}\n"
}

code! {
    /// `9-10 => excellent`
    RANGE_WITH_HYPHEN "range-with-hyphen"
    "A hyphen subtracts. A range is written with two dots or ～: `9..10`, 9～10."
    "连字符是减号。区间请写 9..10 或 9～10。"
    wrong "scheme s {\n    input x : points 0..10\n    table t by x {\n        9-10 => 1\n        otherwise => 0\n    }\n}\n"
    right "scheme s {\n    input x : points 0..10\n    table t by x {\n        9..10 => 1\n        otherwise => 0\n    }\n}\n"
}

code! {
    /// `from 95, above 98 => a`
    TWO_BOUNDS "two-bounds"
    "Two bounds of one row are a lower and an upper one: `from 95 below 98`. Other figures have rows of their own; rows are tried from the top, and the first that holds counts."
    "一行写两个界限时，应一个是下限，一个是上限：95分以上不满98分。其他数值请分行写；自上而下取第一个成立的行。"
    wrong "scheme s {\n    input x : points 0..100\n    table t by x {\n        from 95, above 98 => 1\n        otherwise => 0\n    }\n}\n"
    right "scheme s {\n    input x : points 0..100\n    table t by x {\n        from 95 below 98 => 1\n        otherwise => 0\n    }\n}\n"
}

code! {
    /// `a = b = c`
    CHAINED_COMPARISON "chained-comparison"
    "A comparison has two sides. Two of them are joined by `and` (且): `a = b and b = c`, `1 < x and x < 5`."
    "每个比较只有左右两边，两个比较之间用“且”连接：a = b 且 b = c。"
    wrong "scheme s {\n    input a, b, c : count\n    let x = a = b = c\n}\n"
    right "scheme s {\n    input a, b, c : count\n    let x = a = b and b = c\n}\n"
}

code! {
    /// `let x = (1 + 2`
    BRACKET_NOT_CLOSED "bracket-not-closed"
    "A bracket that is opened in a statement is closed in it."
    "一条语句里打开的括号要在这条语句里闭合。"
    wrong "scheme s {\n    let x = (1 + 2\n}\n"
    right "scheme s {\n    let x = (1 + 2)\n}\n"
}

code! {
    /// `cite 六、5`
    ARTICLE_WITHOUT_QUOTES "article-without-quotes"
    "An article stands in quotes: `cite \"六、5\"`."
    "条款号请加引号：条款 \"六、5\"。"
    wrong "scheme s {\n    let x = 1 cite 六、5\n}\n"
    right "scheme s {\n    let x = 1 cite \"六、5\"\n}\n"
}

code! {
    /// One clause twice in a statement.
    WRITTEN_TWICE "written-twice"
    "The same clause stands twice in one statement, and nothing says which of the two counts. Keep one. Two articles can stand in one citation: `cite \"六、4；六、5\"`."
    "同一条语句里同一项写了两次，无从判断以哪个为准，请只留一个。两个条款可写在一处：条款 \"六、4；六、5\"。"
    wrong "scheme s {\n    let x = 1 cite \"一\" cite \"二\"\n}\n"
    right "scheme s {\n    let x = 1 cite \"一；二\"\n}\n"
}

code! {
    /// A rank without a word about ties.
    NOT_SAID "not-said"
    "Ranks, quotas and splits have no default: who is first, what equal figures get, how broken places are rounded and who gets a remainder decide about people, so the scheme says it. A share says of which elements."
    "排名、名额和分配没有默认做法：由高到低还是由低到高、并列怎么办、名额如何取整、余数归谁，都关系到人，必须写明。占比要写明条件。"
    wrong "scheme s {\n    input people : list of { score : points 0..100 }\n    each p in people {\n        let place = rank of score in people, highest first\n    }\n    result places = people.place\n}\n"
    right "scheme s {\n    input people : list of { score : points 0..100 }\n    each p in people {\n        let place = rank of score in people, highest first, ties share\n    }\n    result places = people.place\n}\n"
}

code! {
    /// A statement that no rule reads to its end.
    UNREADABLE "unreadable"
    "The statement cannot be read to its end. The finding says up to where it was read and what could stand there. A statement that was read only in part is not used."
    "这条语句无法完整读懂。提示中说明读到哪里为止、那里可以写什么。只读懂一部分的语句不起作用。"
    wrong "scheme s {\n    assesses every month\n}\n"
    right "scheme s {\n    assesses unit every month\n}\n"
}
