//! Lists in tables of their own, in sheets, and in rows that are periods.

use super::{Folder, Ran};

/// The mean of a branch's outlets, and a figure of its own.
const BRANCH: &str = r#"scheme branch-service "支行考核" {
    assesses branch "支行" every quarter
    input management "管理得分" : points 0..100
    input scores "网点得分" : list of points 0..100 = []
    result outlets "网点数" = count of scores
    result all "合计" = management + sum of scores
}
"#;

fn branch(files: &[(&str, &str)]) -> Folder {
    let folder = Folder::new(&[("a.scheme", BRANCH)]);
    for (name, text) in files {
        folder.write(name, text);
    }
    folder
}

fn lines(ran: &Ran) -> Vec<serde_json::Value> {
    let parse = |line| serde_json::from_str(line).unwrap();
    ran.out.lines().map(parse).collect()
}

const DATA: (&str, &str) = ("a.csv", "支行,管理得分\n城东,7\n城西,8\n城南,9\n");

#[test]
fn rows_of_a_second_table_go_to_their_subject() {
    let folder = branch(&[
        DATA,
        ("scores.csv", "支行,网点得分\n城东,90\n城西,80.5\n城东,70\n"),
        ("other.csv", "\u{feff}所属支行,scores\n城东,1\n"),
        ("scores.jsonl", "{\"branch\":\"城南\",\"scores\":\"1.5\"}\n"),
    ]);
    let run = |flags: &str| folder.run(&format!("score a.scheme a.csv --format jsonl {flags}"));
    let ran = run("--list scores=scores.csv").ends(0);
    let all = lines(&ran);
    // 7 + 90 + 70; 8 + 80.5; 9.
    assert_eq!(all[0]["results"]["all"], "167");
    assert_eq!(all[1]["results"]["all"], "88.5");
    assert_eq!(all[2]["results"]["all"], "9");
    assert_eq!(all[2]["results"]["outlets"], 0);
    ran.says("scores.csv: rows of scores: 3 read: 3 of 2 subjects, 0 of")
        .says("3 read: 3 scored");
    let ran = run("--list 网点得分=other.csv --key 所属支行").ends(0);
    assert_eq!(lines(&ran)[0]["results"]["all"], "8");
    let ran = run("--list scores=scores.jsonl --lang zh").ends(0);
    assert_eq!(lines(&ran)[2]["results"]["all"], "10.5");
    ran.says("1 行属于 1 个考核对象");
    // Standard input is read twice as well.
    let stdin = folder.run_with(
        "score a.scheme - --input-format csv --format jsonl --list scores=scores.csv",
        DATA.1.as_bytes(),
    );
    assert_eq!(lines(&stdin.ends(0))[0]["results"]["all"], "167");
}

#[test]
fn rows_of_nobody_and_of_two_come_out_refused() {
    let folder = branch(&[
        ("a.csv", "支行,管理得分\n城东支行,7\n城西,8\n城西,9\n"),
        (
            "scores.csv",
            "支行,网点得分\n城东支行,90\n城冬支行,80\n城西,70\n",
        ),
    ]);
    let ran = folder
        .run("score a.scheme a.csv --format jsonl --list scores=scores.csv")
        .ends(1);
    let all = lines(&ran);
    assert_eq!(all[0]["results"]["all"], "97");
    for (line, subject, code) in [
        (1, "城西", "conflict"),
        (2, "城西", "conflict"),
        (3, "城冬支行", "domain"),
    ] {
        assert_eq!(all[line]["subject"], subject);
        assert_eq!(all[line]["code"], code);
        assert_eq!(all[line]["field"], "scores");
    }
    let message = all[3]["message"].as_str().unwrap();
    assert!(message.starts_with("scores.csv, line 3: "), "{message}");
    assert!(message.contains("did you mean `城东支行`"), "{message}");
    ran.says("4 read: 1 scored, 0 without result, 3 refused")
        .says("3 read: 2 of 2 subjects, 1 of subjects that the data does not have");
    // A refused figure says where the rows of its subject stand.
    folder.write("scores.csv", "支行,网点得分\n城东支行,90\n城东支行,九十\n");
    let ran = folder
        .run("score a.scheme a.csv --format jsonl --list scores=scores.csv")
        .ends(1);
    let message = lines(&ran)[0]["message"].as_str().unwrap().to_owned();
    assert!(
        message.starts_with("scores.csv, line 2 to 3, column B (网点得分): "),
        "{message}"
    );
    assert!(message.contains("九十"), "{message}");
}

#[test]
fn flags_that_cannot_be_followed_end_with_2() {
    let folder = branch(&[DATA, ("scores.csv", "支行,网点得分\n城东,90\n")]);
    let run = |flags: &str| {
        let ran = folder.run(&format!("score a.scheme a.csv {flags}")).ends(2);
        assert_eq!(ran.out, "");
        ran
    };
    run("--list scores").says("write --list NAME=FILE");
    run("--list score=scores.csv").says("did you mean `scores`?");
    run("--list 名单=scores.csv --lang zh").says("现有：scores");
    run("--list scores=none.csv").says("cannot open none.csv");
    run("--list scores=scores.csv --list 网点得分=scores.csv").says("given twice");
    run("--list scores=scores.csv --key a --key b").says("2 times for 1 lists");
    run("--list scores=scores.csv --key 机构").says("head one with 机构");
    run("--list scores=scores.csv --periods scores").says("given twice");
    run("--periods management").says("no list `management`");
    let without = BRANCH.replace("    assesses branch \"支行\" every quarter\n", "");
    folder.write("b.scheme", without);
    folder
        .run("score b.scheme a.csv --list scores=scores.csv")
        .ends(2)
        .says("does not say what it assesses");
    folder.write("scores.csv", "支行,网点得分\n城东,90\n,80\n");
    run("--list scores=scores.csv").says("scores.csv, line 3: this row of scores does not tell");
    folder.write("scores.csv", "支行,网点得分\n城东,90\n城东,80,\n");
    run("--list scores=scores.csv").says("scores.csv, line 3: it cannot be told whose");
}

#[test]
fn a_sheet_named_as_the_list_is_read_with_the_first() {
    let folder = branch(&[]);
    let mut book = rust_xlsxwriter::Workbook::new();
    for (name, headings, rows) in [
        (
            "网点得分",
            ["支行", "网点得分"],
            &[("城东", 90.0), ("城东", 70.5)][..],
        ),
        (
            "一季度",
            ["支行", "管理得分"],
            &[("城东", 7.0), ("城西", 8.0)][..],
        ),
    ] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (column, heading) in (0..).zip(headings) {
            sheet.write_string(0, column, heading).unwrap();
        }
        for (row, (branch, figure)) in (1..).zip(rows) {
            sheet.write_string(row, 0, *branch).unwrap();
            sheet.write_number(row, 1, *figure).unwrap();
        }
    }
    folder.write("a.xlsx", book.save_to_buffer().unwrap());
    folder.write("scores.csv", "支行,网点得分\n城西,1\n");
    let run = |flags: &str| folder.run(&format!("score a.scheme a.xlsx --format jsonl {flags}"));
    let ran = run("").ends(0);
    assert_eq!(lines(&ran)[0]["results"]["all"], "167.5");
    assert_eq!(lines(&ran)[1]["results"]["all"], "8");
    assert!(!ran.err.contains("several sheets"), "{}", ran.err);
    ran.says("a.xlsx: rows of scores: 2 read: 2 of 1 subjects");
    run("--list scores=scores.csv").ends(2).says("given twice");
    // The same sheet in a workbook of its own.
    folder.write("b.csv", "支行,管理得分\n城东,7\n");
    let ran = folder.run("score a.scheme b.csv --format jsonl --list scores=a.xlsx");
    assert_eq!(lines(&ran.ends(0))[0]["results"]["all"], "167.5");
}

#[test]
fn rows_that_are_periods_are_gathered_by_subject() {
    let table = "支行,周期,管理得分,网点得分\n城东,1月,7,90\n城西,1月,8,80\n城东,2月,,70.5\n";
    let folder = branch(&[("a.csv", table)]);
    let ran = folder
        .run("score a.scheme a.csv --periods 网点得分 --format csv")
        .ends(0);
    // 7 + 90 + 70.5; 8 + 80.
    assert!(
        ran.out.starts_with("subject,status,outlets,all,"),
        "{}",
        ran.out
    );
    ran.shows("\n城东,ok,2,167.5,")
        .shows("\n城西,ok,1,88,")
        .says("rows gathered by subject: 3 of 2 subjects")
        .says("2 read: 2 scored");
    folder
        .run("explain a.scheme a.csv --periods scores --row 城东")
        .ends(0)
        .shows("城东\n支行考核");
    folder.write("a.csv", table.replace("2月,,", "2月,6,"));
    let ran = folder.run("score a.scheme a.csv --periods scores --format jsonl");
    let ran = ran.ends(1);
    assert_eq!(lines(&ran)[0]["code"], "conflict");
    assert_eq!(lines(&ran)[0]["field"], "management");
    assert_eq!(lines(&ran)[1]["results"]["all"], "88");
}

#[test]
fn help_says_how_rows_are_matched() {
    let folder = Folder::new(&[]);
    let help = folder.run("score --help").ends(0);
    help.shows("--list <NAME=FILE>")
        .shows("held in memory")
        .shows("--key <COLUMN>")
        .shows("Each row of DATA is a period of its subject");
}

/// Rows with members, rows in rows, free names, keys in order, days and times.
const OUTLETS: &str = r#"scheme outlets "网点考核" {
    assesses branch "支行" every quarter
    choice question "题目" best first { q1, q2 }
    input outlets "网点名单" : list of {
        id      "网点"   : text unique
        mystery "神秘人" : points 0..100
        opened  "开业日" : date, optional
        emails  "邮件"   : list of { received "收到" : time, lasted "用时" : duration } = []
    } = []
    input visits "走访" : count per text = {}
    input sheet "答卷" : points 0..10 per question in order, optional
    result outlets_scored "网点数" = count of outlets
    result all "合计" = sum of outlets.mystery
    result early = count(outlets where given opened and opened < 2020-01-01)
    each o in outlets { let late = count(emails where lasted > 24 hours) }
    result slow = sum of outlets.late
    result unvisited = names in visits where it < 1
    result first = if given sheet then sheet.q1
}
"#;

#[test]
fn tables_say_what_objects_say() {
    let folder = Folder::new(&[
        ("a.scheme", OUTLETS),
        (
            "a.csv",
            "支行,走访.甲公司,visits.乙公司,答卷\n城东,1,0,9; 8\n城西,,3,\n",
        ),
        (
            "outlets.csv",
            "支行,网点,神秘人,开业日\n城东,A,90,2019-12-31\n城西,A,80.5,2020-01-01\n城东,B,70,\n",
        ),
        (
            "emails.csv",
            "支行,网点,收到,用时\n城东,B,2024-05-01 08:00,25 hours\n城东,B,2024-05-01T09:00:00,24 hours\n城西,A,2024-05-01 08:00,2 hours 30 minutes\n",
        ),
        (
            "a.jsonl",
            "{\"branch\":\"城东\",\"visits\":{\"甲公司\":1,\"乙公司\":0},\"sheet\":[\"9\",8],\"outlets\":[{\"网点\":\"A\",\"mystery\":\"90\",\"opened\":\"2019-12-31\"},{\"id\":\"B\",\"mystery\":70,\"opened\":null,\"emails\":[{\"收到\":\"2024-05-01T08:00:00\",\"lasted\":\"25 hours\"},{\"received\":\"2024-05-01T09:00:00\",\"lasted\":\"24 hours\"}]}]}\n\
             {\"branch\":\"城西\",\"visits\":{\"乙公司\":3},\"outlets\":[{\"id\":\"A\",\"mystery\":\"80.5\",\"opened\":\"2020-01-01\",\"emails\":[{\"received\":\"2024-05-01T08:00:00\",\"lasted\":\"2 hours 30 minutes\"}]}]}\n",
        ),
    ]);
    let tables = folder
        .run("score a.scheme a.csv --format jsonl --list outlets=outlets.csv --list outlets.emails=emails.csv --key 支行,网点")
        .ends(0);
    let objects = folder.run("score a.scheme a.jsonl --format jsonl").ends(0);
    assert_eq!(tables.out, objects.out);
    let all = lines(&tables);
    let east = serde_json::json!({
        "outlets_scored": 2, "all": "160", "early": 1, "slow": 1,
        "unvisited": ["乙公司"], "first": "9",
    });
    assert_eq!(all[0]["results"], east);
    assert_eq!(all[1]["results"]["all"], "80.5");
    assert_eq!(all[1]["results"]["early"], 0);
    assert_eq!(all[1]["results"]["slow"], 0);
    // The place of a figure that does not fit, and a key that no row has.
    folder.write(
        "outlets.csv",
        "支行,网点,神秘人,开业日\n城西,A,80.5,2023-02-29\n",
    );
    let ran = folder
        .run("score a.scheme a.csv --format jsonl --list outlets=outlets.csv")
        .ends(1);
    let message = lines(&ran)[1]["message"].as_str().unwrap().to_owned();
    assert!(
        message.starts_with("outlets.csv, line 2, column D (开业日): "),
        "{message}"
    );
    folder.write(
        "a.jsonl",
        "{\"branch\":\"城东\",\"outlets\":[{\"id\":\"A\",\"mistery\":1}],\"vists\":{}}\n",
    );
    let ran = folder.run("score a.scheme a.jsonl --format jsonl").ends(1);
    assert_eq!(lines(&ran)[0]["code"], "domain");
    ran.says("`vists` is not an input of the scheme and is not read; did you mean `visits`?");
}

/// Each month of a dealer, and what it gives.
const DEALER: &str = r#"scheme dealer "经销商考核" {
    assesses dealer "经销商" every month
    input months "各月" : list of { score "得分" : points 0..100, base "奖金基数" : money 0.., optional } in order
    each m in months {
        let below = score < 80
        let bonus = if given base then (if below then 0 yuan else base * score / 100)
    }
    result count_of_months = count of months
    result months { below, bonus }
}
"#;

#[test]
fn rows_of_results_stand_in_one_cell() {
    let folder = Folder::new(&[
        ("a.scheme", DEALER),
        (
            "a.csv",
            "经销商,周期,得分,奖金基数\n甲,1月,78,10000\n乙,1月,90,\n甲,2月,82,5000\n",
        ),
    ]);
    let run = |format: &str| {
        let arguments = format!("score a.scheme a.csv --periods months --format {format}");
        folder.run(&arguments).ends(0)
    };
    let ran = run("jsonl");
    // 5000 · 82 / 100
    let months =
        serde_json::json!([{"below": true, "bonus": "0"}, {"below": false, "bonus": "4100"}]);
    assert_eq!(lines(&ran)[0]["results"]["months"], months);
    assert_eq!(lines(&ran)[1]["results"]["count_of_months"], 1);
    run("csv").shows("甲,ok,2,\"[{\"\"below\"\": true, \"\"bonus\"\": \"\"0\"\"}, ");
    let table = run("table").shows("[2 rows]");
    assert!(!table.out.contains("4100"), "{}", table.out);
}

#[test]
fn a_consequence_of_a_row_says_of_which() {
    let folder = Folder::new(&[
        (
            "a.scheme",
            r#"scheme a "甲" {
    assesses unit
    input people : list of { id : text unique, late : count }
    each p in people {
        consequence fine "罚款" amount 50 yuan to "站长" when late > 3
        consequence talk "面谈" when late > 4
    }
}
"#,
        ),
        (
            "a.jsonl",
            "{\"unit\":\"x\",\"people\":[{\"id\":\"甲\",\"late\":4},{\"id\":\"乙\",\"late\":0},{\"id\":\"丙\",\"late\":5}]}\n",
        ),
    ]);
    let ran = folder.run("score a.scheme a.jsonl --format jsonl").ends(0);
    let fired = lines(&ran)[0]["consequences"].clone();
    let rows: Vec<_> = fired.as_array().unwrap().iter().collect();
    let named: Vec<_> = rows
        .iter()
        .map(|one| (one["name"].as_str().unwrap(), one["row"].as_str().unwrap()))
        .collect();
    assert_eq!(named, [("fine", "甲"), ("fine", "丙"), ("talk", "丙")]);
    let ran = folder.run("score a.scheme a.jsonl --format csv").ends(0);
    assert!(
        ran.out.contains("fine 甲 50; fine 丙 50; talk 丙"),
        "{}",
        ran.out
    );
}
