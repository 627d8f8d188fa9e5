//! `score`.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::{Folder, PUNCTUALITY, Ran, preset_file};

const WELFARE: &str = "preset:welfare-service-502030";

fn welfare() -> Folder {
    let sample = preset_file("welfare-service-502030", "sample.csv");
    Folder::new(&[("sample.csv", &sample)])
}

fn punctuality(table: &str) -> Folder {
    Folder::new(&[("a.scheme", PUNCTUALITY), ("a.csv", table)])
}

fn lines(ran: &Ran) -> Vec<serde_json::Value> {
    let parse = |line| serde_json::from_str(line).unwrap();
    ran.out.lines().map(parse).collect()
}

#[test]
fn a_table_with_chinese_headings_is_scored() {
    let ran = welfare()
        .run(&format!("score {WELFARE} sample.csv --format jsonl"))
        .ends(0);
    let lines = lines(&ran);
    assert_eq!(lines.len(), 9);
    // 后勤科: three issues of 50 points, 基本满意, no complaints.
    let first = &lines[0];
    assert_eq!(first["schema_version"], 1);
    assert_eq!(first["scheme"], "welfare-service-502030");
    assert_eq!(first["subject"], "后勤科");
    assert_eq!(first["status"], "ok");
    assert_eq!(first["results"]["standards"], "47");
    assert_eq!(first["results"]["survey"], "16");
    assert_eq!(first["results"]["total"], "93");
    assert_eq!(first["results"]["grade"], "合格");
    // 膳食科: (3·20 + 2·16 + 12) / 6 = 52/3.
    assert_eq!(lines[1]["results"]["survey"], "52/3");
    assert_eq!(lines[5]["status"], "no_result");
    ran.says("9 read: 8 scored, 1 without result, 0 refused");
}

#[test]
fn each_form_shows_the_figures() {
    let run = |flags: &str| {
        let arguments = format!("score {WELFARE} sample.csv {flags}");
        welfare().run(&arguments).ends(0)
    };
    run("").shows("52/3 (≈ 17.33)").shows("客户满意度调查");
    run("--format table --lang zh").shows("不出具结果");
    let json = run("--format json").json();
    assert_eq!(json[1]["results"]["total"], "286/3");
    let csv = run("--format csv");
    assert!(
        csv.out
            .starts_with("subject,status,standards,survey,complaints,"),
        "{}",
        csv.out
    );
    csv.shows("\n膳食科,ok,48,52/3,30,");
    let csv = run("--format csv --headings labels --bom --places 2 --lang zh");
    assert!(csv.out.starts_with("\u{feff}各单位,状态,"), "{}", csv.out);
    csv.shows("\n膳食科,ok,48,17.33,30,");
    run("--format jsonl --places 2")
        .shows("\"survey\": \"52/3\"")
        .says("--places changes nothing");
}

#[test]
fn a_workbook_goes_in_and_comes_out() {
    let folder = welfare();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("三月").unwrap();
    for (column, heading) in [
        "单位",
        "当月是否检查",
        "检查发现的问题",
        "客户评价",
        "有效服务投诉",
        "重大服务投诉",
    ]
    .iter()
    .enumerate()
    {
        let column = u16::try_from(column).unwrap();
        sheet.write_string(1, column, *heading).unwrap();
    }
    sheet.write_string(0, 0, "三月考评").unwrap();
    sheet.write_string(2, 0, "后勤科").unwrap();
    sheet.write_string(2, 1, "是").unwrap();
    sheet.write_number(2, 2, 3.0).unwrap();
    sheet.write_string(2, 3, "基本满意").unwrap();
    sheet.write_number(2, 4, 0.0).unwrap();
    sheet.write_number(2, 5, 0.0).unwrap();
    folder.write("in.xlsx", book.save_to_buffer().unwrap());

    folder
        .run(&format!(
            "score {WELFARE} in.xlsx --sheet 三月 --header-row 2 --format xlsx --output out.xlsx"
        ))
        .ends(0)
        .says("1 read: 1 scored");
    let bytes = std::fs::read(folder.path("out.xlsx")).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range("results").unwrap();
    let at = |column: usize| sheet.get((1, column)).cloned().unwrap();
    assert_eq!(at(0), Data::String("后勤科".to_owned()));
    let headings: Vec<String> = sheet
        .rows()
        .next()
        .unwrap()
        .iter()
        .map(ToString::to_string)
        .collect();
    let total = headings
        .iter()
        .position(|heading| heading == "total")
        .unwrap();
    assert_eq!(at(total), Data::Float(93.0));
}

#[test]
fn one_bad_row_changes_no_other_line() {
    let row = |name: usize| format!("人员{name},{}\n", name % 30);
    let good: String = (0..100).map(row).collect();
    let bad = good.replace("人员50,20\n", "人员50,二十\n");
    let run = |rows: &str, flags: &str| {
        let folder = punctuality(&format!("人员,迟到\n{rows}"));
        folder.run(&format!("score a.scheme a.csv --format jsonl {flags}"))
    };
    let (all, one_refused) = (run(&good, "").ends(0), run(&bad, "").ends(1));
    let pairs = all.out.lines().zip(one_refused.out.lines());
    let differing: Vec<(&str, &str)> = pairs.filter(|(one, other)| one != other).collect();
    let [(_, refused)] = differing[..] else {
        panic!("{differing:?}");
    };
    let refused: serde_json::Value = serde_json::from_str(refused).unwrap();
    assert_eq!(refused["subject"], "人员50");
    assert_eq!(refused["status"], "error");
    assert_eq!(refused["code"], "type");
    assert_eq!(refused["field"], "late");
    let message = refused["message"].as_str().unwrap();
    assert!(
        message.starts_with("a.csv, line 52, column B (迟到): "),
        "{message}"
    );
    assert!(message.contains("二十"), "{message}");
    one_refused.says("100 read: 99 scored, 0 without result, 1 refused");
    let chinese = run(&bad, "--lang zh").ends(1);
    chinese.shows("a.csv，第 52 行，B 列（迟到）：");
}

#[test]
fn a_row_that_cannot_be_read_comes_out_refused() {
    let ran = punctuality("人员,迟到\n甲,1\n乙,1,2\n丙,\"1\n");
    let ran = ran.run("score a.scheme a.csv --format jsonl").ends(1);
    let lines = lines(&ran);
    assert_eq!(lines.len(), 3);
    assert_eq!(lines[1]["status"], "error");
    let message = lines[1]["message"].as_str().unwrap();
    assert!(message.starts_with("a.csv, line 3: "), "{message}");
    ran.says("3 read: 1 scored, 0 without result, 2 refused");
}

#[test]
fn what_is_not_read_is_warned_of() {
    punctuality("人员,lates,迟到\n甲,9,1\n")
        .run("score a.scheme a.csv")
        .ends(0)
        .says("warning: column B (lates) is not an input")
        .says("did you mean `late`?");
}

#[test]
fn a_table_without_rows_ends_with_0_and_a_note() {
    let empty = preset_file("welfare-service-502030", "empty.csv");
    let folder = Folder::new(&[
        ("empty.csv", &empty),
        ("none.json", "[]"),
        ("none.jsonl", ""),
    ]);
    for file in ["empty.csv", "none.json", "none.jsonl"] {
        folder
            .run(&format!("score {WELFARE} {file} --format csv"))
            .ends(0)
            .says("no rows to score")
            .says("0 read");
    }
}

/// A scheme whose document leaves two figures open.
const OPEN: &str = r#"scheme open "待定" {
    assesses person "人员" every month
    parameter limit "限次" : count
    parameter rates "各档" : list of points 0.. = []
    input late "迟到" : count
    result over "超出" = late > limit
    result extra "附加" = late + sum of rates
}
"#;

#[test]
fn parameters_are_set_for_the_run_by_name_or_label() {
    let folder = Folder::new(&[("a.scheme", OPEN), ("a.csv", "迟到\n3\n")]);
    let run = |flags: &str| folder.run(&format!("score a.scheme a.csv --format jsonl {flags}"));
    for flags in ["--set limit=2", "--set 限次=2"] {
        let ran = run(flags).ends(0);
        assert_eq!(lines(&ran)[0]["results"]["over"], true);
    }
    // 3 + 2 + 3.5
    for flags in [
        "--set limit=5 --set rates=[2,3.5]",
        "--set limit=5 --set rates=2;3.5",
    ] {
        let ran = run(flags).ends(0);
        assert_eq!(lines(&ran)[0]["results"]["over"], false);
        assert_eq!(lines(&ran)[0]["results"]["extra"], "8.5");
    }
    run("").ends(1).shows("\"field\": \"limit\"");
    run("--set limit=x").ends(2).says("--set limit: ");
    run("--set limit").ends(2).says("write --set NAME=VALUE");
    run("--set limit=1 --set 限次=1")
        .ends(2)
        .says("given twice");
    run("--set late=1").ends(2).says("no parameter `late`");
    run("--set limits=1").ends(2).says("no parameter `limits`");
    folder.write("b.csv", "迟到,限次\n3,2\n3,5\n");
    let ran = folder
        .run("score a.scheme b.csv --format jsonl --set limit=2")
        .ends(1);
    assert_eq!(lines(&ran)[0]["status"], "ok");
    assert_eq!(lines(&ran)[1]["code"], "conflict");
}

#[test]
fn explanations_come_in_json_and_under_the_rows_of_a_table() {
    let run = |flags: &str| {
        let folder = punctuality("人员,迟到\n甲,3\n");
        folder
            .run(&format!("score a.scheme a.csv --explain {flags}"))
            .ends(0)
    };
    let ran = run("--format jsonl");
    let trace = &lines(&ran)[0]["trace"];
    assert_eq!(trace["title"], "守时考核");
    let figures = trace["figures"].as_array().unwrap();
    let attendance = figures
        .iter()
        .find(|figure| figure["name"] == "attendance")
        .unwrap();
    assert_eq!(attendance["value"], "85");
    assert_eq!(attendance["article"], "二");
    run("--format table --lang zh").shows("\n    出勤  85 / 100  〔二〕\n");
    run("--format csv").says("--explain changes nothing");
}

#[test]
fn json_is_read_by_name_or_label() {
    let folder = punctuality("");
    folder.write(
        "a.json",
        r#"[{"人员": "甲", "period": "2024-03", "迟到": 2}, {"late": "1"}, {"late": 1, "late": 2}]"#,
    );
    let ran = folder.run("score a.scheme a.json --format jsonl").ends(1);
    let lines = lines(&ran);
    assert_eq!(lines[0]["subject"], "甲");
    assert_eq!(lines[0]["period"], "2024-03");
    assert_eq!(lines[0]["results"]["total"], "90");
    assert_eq!(lines[1]["subject"], "2");
    assert_eq!(lines[2]["code"], "conflict");
    let csv = folder.run("score a.scheme a.json --format csv").ends(1);
    csv.shows("subject,period,status,")
        .shows("\n甲,2024-03,ok,90,");
}

#[test]
fn encodings_are_asked_for_and_never_guessed() {
    let folder = punctuality("");
    folder.write(
        "gbk.csv",
        b"\xc8\xcb\xd4\xb1,\xb3\xd9\xb5\xbd\n\xbc\xd7,2\n",
    );
    folder
        .run("score a.scheme gbk.csv --format csv")
        .ends(2)
        .says("--encoding gb18030");
    folder
        .run("score a.scheme gbk.csv --format csv --encoding gb18030")
        .ends(0)
        .shows("\n甲,ok,90,");
    folder.write("a.json", "[]");
    folder
        .run("score a.scheme a.json --sheet x")
        .ends(2)
        .says("--sheet");
    folder
        .run("score a.scheme a.json --header-row 2")
        .ends(2)
        .says("--header-row");
}

#[test]
fn a_scheme_with_errors_scores_nobody() {
    let broken = PUNCTUALITY.replace("per late", "per lateness");
    let folder = Folder::new(&[("a.scheme", &broken), ("a.csv", "人员,迟到\n甲,1\n")]);
    let ran = folder
        .run("score a.scheme a.csv --output out.csv --format csv")
        .ends(2);
    assert_eq!(ran.out, "");
    ran.says("error[unknown-name]").says("cannot be used");
    assert!(!folder.path("out.csv").exists());
}

#[test]
fn a_file_that_breaks_off_leaves_no_half_report() {
    let folder = punctuality("");
    folder.write("a.json", r#"[{"late": 1}, {"late": "#);
    folder.write("out.csv", "former");
    folder
        .run("score a.scheme a.json --format csv --output out.csv")
        .ends(2)
        .says(
            "ends in line 1, byte 24, and the entry that begins in line 1, byte 15 is not closed",
        );
    assert_eq!(folder.read("out.csv"), "former");
    assert_eq!(std::fs::read_dir(folder.path("")).unwrap().count(), 4);
}

#[test]
fn two_results_for_the_options_of_one_choice_have_headings_of_their_own() {
    let folder = Folder::new(&[
        (
            "a.scheme",
            "方案 hd {\n    考核 单位\n    选项 级 { a \"甲级\", b \"乙级\" }\n    输入 数 : 按 级 的 次数 = 0\n    \
             结果 超时 每 o 于 级 = 数[o]\n    结果 及时 每 o 于 级 = 数[o] * 2\n    结果 合 \"合计数\" = 数.a\n}\n",
        ),
        ("a.csv", "单位,数.a,数.b\nx,1,2\n"),
    ]);
    folder
        .run("score a.scheme a.csv --format csv --headings labels")
        .ends(0)
        .shows("单位,status,超时.甲级,超时.乙级,及时.甲级,及时.乙级,合计数,reason");
}
