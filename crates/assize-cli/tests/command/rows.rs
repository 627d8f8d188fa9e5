//! `score --rows`, and the sheets of rows in a workbook.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};

use super::{Folder, Ran};

/// A ranking of the people of a team and how they answered. 10 yuan by 90, 80, 80 of 250 are 3.60,
/// 3.20, 3.20; a third of 80 does not end.
const TEAMS: &str = r#"scheme team-ranking "班组排名" {
    assesses team "班组" every month
    choice kind "类别" { good "好", bad "差" }
    input people "人员" : list of { id "姓名" : text unique, score "得分" : points 0..100, days "日数" : count per kind = 0 } = []
    input pool "奖金" : money 0.., step 0.01
    input closed "停业" : flag = no
    input answers "回答" : count per kind = 0
    input visits "走访" : count per text = { }
    no result closed_all "停业不评" when closed
    each p in people {
        let place "名次" = rank of score in people, highest first, ties share
        let part "分得" = split pool by score in people to 0.01, remainder by largest fraction
    }
    result number "人数" = count of people
    result ranking "排名" per p in people sorted by score highest first, id {
        id "姓名" = p.id
        place "名次" = p.place
        part = p.part
        third = p.score / 3
        days "日数" = p.days
        status "班组" = p.score >= 90
    }
    result places "名次表" = people.place
    result by_kind "回答" per k in kind = answers[k]
    result kinds "排名" per k in kind { n "件数" = answers[k], share = answers[k] / 7 }
    result visits
}
"#;

/// A team with three people, one that is closed, one with a pool that is no money, one without
/// people.
const DATA: &str = r#"[
{"team": "甲", "period": "2024-05", "people": [{"id": "=b", "score": 80, "days": {"good": 1, "bad": 2}},
  {"id": "a", "score": 90}, {"id": "c,d", "score": 80}], "pool": 10, "answers": {"good": 3, "bad": 4},
  "visits": {"=north": 2}},
{"team": "乙", "pool": 1, "closed": "yes"},
{"team": "丙", "pool": "x"},
{"team": "丁", "pool": 5}
]"#;

const REFUSED: &str = "type,pool,\"d.json, entry 3: 奖金: expected money, found `x`\"";

fn teams() -> Folder {
    Folder::new(&[("a.scheme", TEAMS), ("d.json", DATA)])
}

fn score(flags: &str) -> Ran {
    teams().run(&format!("score a.scheme d.json {flags}"))
}

#[track_caller]
fn is_csv(flags: &str, lines: &[&str]) {
    let ran = score(&format!("--format csv {flags}")).ends(1);
    assert_eq!(ran.out.lines().collect::<Vec<_>>(), lines);
}

#[test]
fn each_row_is_a_line_and_nobody_is_lost() {
    is_csv(
        "--rows ranking",
        &[
            "subject,period,id,place,part,third,days.good,days.bad,ranking.status,status,reason,code,field,message",
            "甲,2024-05,a,1,3.6,30,0,0,true,ok,,,,",
            "甲,2024-05,'=b,2,3.2,80/3,1,2,false,ok,,,,",
            "甲,2024-05,\"c,d\",2,3.2,80/3,0,0,false,ok,,,,",
            "乙,,,,,,,,,no_result,closed_all,,,",
            &format!("丙,,,,,,,,,error,,{REFUSED}"),
            "丁,,,,,,,,,no_rows,,,,",
        ],
    );
    score("--rows ranking --format csv")
        .says("note: rows of ranking: 3 of 1 subjects; scored without rows: 1\n")
        .says("4 read: 2 scored, 1 without result, 1 refused");
}

#[test]
fn plain_values_stand_under_the_name_of_their_list() {
    is_csv(
        "--rows places",
        &[
            "subject,period,places,status,reason,code,field,message",
            "甲,2024-05,2,ok,,,,",
            "甲,2024-05,1,ok,,,,",
            "甲,2024-05,2,ok,,,,",
            "乙,,,no_result,closed_all,,,",
            &format!("丙,,,error,,{REFUSED}"),
            "丁,,,no_rows,,,,",
        ],
    );
}

#[test]
fn the_rows_of_a_map_begin_with_their_key() {
    let refused = |blanks: &str| format!("丙,{blanks}error,,{REFUSED}");
    is_csv(
        "--rows by_kind",
        &[
            "subject,period,by_kind,value,status,reason,code,field,message",
            "甲,2024-05,good,3,ok,,,,",
            "甲,2024-05,bad,4,ok,,,,",
            "乙,,,,no_result,closed_all,,,",
            &refused(",,,"),
            "丁,,good,0,ok,,,,",
            "丁,,bad,0,ok,,,,",
        ],
    );
    is_csv(
        "--rows kinds",
        &[
            "subject,period,kinds,n,share,status,reason,code,field,message",
            "甲,2024-05,good,3,3/7,ok,,,,",
            "甲,2024-05,bad,4,4/7,ok,,,,",
            "乙,,,,,no_result,closed_all,,,",
            &refused(",,,,"),
            "丁,,good,0,0,ok,,,,",
            "丁,,bad,0,0,ok,,,,",
        ],
    );
    is_csv(
        "--rows visits",
        &[
            "subject,period,visits,value,status,reason,code,field,message",
            "甲,2024-05,'=north,2,ok,,,,",
            "乙,,,,no_result,closed_all,,,",
            &refused(",,,"),
            "丁,,,,no_rows,,,,",
        ],
    );
}

#[test]
fn people_read_labels_and_places() {
    is_csv(
        "--rows 排名 --headings labels --bom --places 1 --lang zh",
        &[
            // 班组 heads the subject already; a fraction is shown with one place, 26.7.
            "\u{feff}班组,周期,姓名,名次,part,third,日数.好,日数.差,排名.班组,状态,不出具结果的原因,拒收代码,拒收数据项,拒收说明",
            "甲,2024-05,a,1,3.6,30,0,0,true,ok,,,,",
            "甲,2024-05,'=b,2,3.2,26.7,1,2,false,ok,,,,",
            "甲,2024-05,\"c,d\",2,3.2,26.7,0,0,false,ok,,,,",
            "乙,,,,,,,,,no_result,停业不评,,,",
            "丙,,,,,,,,,error,,type,pool,d.json，第 3 条：奖金：给的是“x”，此处应为金额",
            "丁,,,,,,,,,no_rows,,,,",
        ],
    );
    let ran = score("--rows by_kind --headings labels --format csv --lang zh").ends(1);
    assert!(
        ran.out.starts_with("班组,周期,回答,值,状态,"),
        "{}",
        ran.out
    );
    ran.shows("\n甲,2024-05,好,3,ok,")
        .says("提示：by_kind 的行：2 个考核对象共 4 行；已评分但没有行的 0 个\n");
}

#[test]
fn a_table_of_rows() {
    let ran = score("--rows places").ends(1);
    assert_eq!(
        ran.out,
        "班组  period   名次表  note\n\
         ----  -------  ------  ------------------------------------------------------------\n\
         甲    2024-05       2\n\
         甲    2024-05       1\n\
         甲    2024-05       2\n\
         乙                     no result: 停业不评\n\
         丙                     refused, pool: d.json, entry 3: 奖金: expected money, found `x`\n\
         丁                     no rows\n"
    );
    score("--rows ranking --lang zh")
        .ends(1)
        .shows("80/3 (≈ 26.67)")
        .shows("没有行");
}

#[test]
fn rows_as_objects() {
    let of = |subject: &str| {
        format!(
            "{{\"schema_version\": 1, \"scheme\": \"team-ranking\", \"subject\": \"{subject}\", "
        )
    };
    let lines = [
        format!(
            "{}\"period\": \"2024-05\", \"result\": \"kinds\", \"status\": \"ok\", \"key\": \"good\", \"row\": {{\"n\": 3, \"share\": \"3/7\"}}}}",
            of("甲")
        ),
        format!(
            "{}\"period\": \"2024-05\", \"result\": \"kinds\", \"status\": \"ok\", \"key\": \"bad\", \"row\": {{\"n\": 4, \"share\": \"4/7\"}}}}",
            of("甲")
        ),
        format!(
            "{}\"result\": \"kinds\", \"status\": \"no_result\", \"reason\": \"closed_all\", \"label\": \"停业不评\"}}",
            of("乙")
        ),
    ];
    let ran = score("--rows kinds --format jsonl").ends(1);
    assert_eq!(ran.out.lines().take(3).collect::<Vec<_>>(), lines);
    let json = score("--rows places --format json").ends(1).json();
    let statuses: Vec<_> = json
        .as_array()
        .unwrap()
        .iter()
        .map(|line| &line["status"])
        .collect();
    assert_eq!(
        statuses,
        ["ok", "ok", "ok", "no_result", "error", "no_rows"]
    );
    assert_eq!(json[1]["row"], 1);
    assert_eq!(json[1].get("key"), None);
    assert_eq!(json[4]["code"], "type");
    assert_eq!(json[5].get("row"), None);
}

#[test]
fn a_name_without_rows_is_answered_with_those_that_have_some() {
    let all = "ranking, places, by_kind, kinds, visits";
    score("--rows rankng --format csv").ends(2).says(&format!(
        "--rows rankng: the scheme has no such result; results with rows: {all}. Did you mean `ranking`?"
    ));
    score("--rows number").ends(2).says(&format!(
        "--rows number: this result is neither a list nor a map and has no rows; results with rows: {all}\n"
    ));
    score("--rows 人数 --lang zh").ends(2).says(
        "--rows 人数：该结果既不是列表，也不是按选项或名称的一组值，没有行；有行的结果：ranking、places、by_kind、kinds、visits\n",
    );
    score("--rows 名次单 --lang zh")
        .ends(2)
        .says("是否应为“名次表”？");
    let folder = Folder::new(&[
        ("a.scheme", super::PUNCTUALITY),
        ("a.csv", "人员,迟到\n甲,1\n"),
    ]);
    folder
        .run("score a.scheme a.csv --rows total --output out.csv")
        .ends(2)
        .says("--rows total: this result is neither a list nor a map and has no rows; none of its results has rows");
    assert!(!folder.path("out.csv").exists());
}

#[test]
fn rows_are_not_explained() {
    for format in ["table", "jsonl", "csv"] {
        score(&format!("--rows ranking --explain --format {format}"))
            .ends(2)
            .says("--explain tells how a subject came out");
    }
    score("--rows ranking --explain --lang zh")
        .ends(2)
        .says("请不带 --rows 另行输出说明");
}

#[test]
fn help_says_what_becomes_of_rows() {
    teams()
        .run("score --help")
        .ends(0)
        .shows("按行输出")
        .shows("A subject without result, refused or without rows has one line that says so")
        .shows("Each result with rows has a sheet of its own");
}

/// A workbook as another reader sees it.
struct Book {
    bytes: Vec<u8>,
    book: Xlsx<Cursor<Vec<u8>>>,
}

impl Book {
    fn scored(flags: &str) -> Self {
        let folder = teams();
        folder
            .run(&format!(
                "score a.scheme d.json --format xlsx --output out.xlsx {flags}"
            ))
            .ends(1);
        let bytes = std::fs::read(folder.path("out.xlsx")).unwrap();
        let book = Xlsx::new(Cursor::new(bytes.clone())).unwrap();
        Self { bytes, book }
    }

    fn names(&self) -> Vec<String> {
        self.book.sheet_names()
    }

    fn sheet(&mut self, name: &str) -> Vec<Vec<Data>> {
        assert!(self.book.worksheet_formula(name).unwrap().is_empty());
        let range = self.book.worksheet_range(name).unwrap();
        range.rows().map(<[Data]>::to_vec).collect()
    }

    fn xml(&self, part: &str) -> String {
        let mut archive = zip::ZipArchive::new(Cursor::new(&self.bytes)).unwrap();
        let mut xml = String::new();
        archive
            .by_name(part)
            .unwrap()
            .read_to_string(&mut xml)
            .unwrap();
        xml
    }
}

fn text(text: &str) -> Data {
    Data::String(text.to_owned())
}

fn texts(words: &[&str]) -> Vec<Data> {
    words.iter().map(|word| text(word)).collect()
}

#[test]
fn a_workbook_has_a_sheet_for_each_result_with_rows() {
    let mut book = Book::scored("");
    assert_eq!(
        book.names(),
        ["results", "ranking", "places", "by_kind", "kinds", "visits"]
    );
    let subjects = book.sheet("results");
    let headings: Vec<String> = subjects[0].iter().map(ToString::to_string).collect();
    let at = |heading: &str| headings.iter().position(|one| one == heading).unwrap();
    let cell = |row: usize, heading: &str| subjects[row][at(heading)].clone();
    assert_eq!(subjects.len(), 5);
    // Rows that would be JSON are counted; what fits in a cell, or has columns, stays there.
    assert_eq!(cell(1, "ranking"), Data::Float(3.0));
    assert_eq!(cell(4, "ranking"), Data::Empty);
    assert_eq!(cell(1, "visits"), Data::Float(1.0));
    assert_eq!(cell(1, "places"), text("2; 1; 2"));
    assert_eq!(cell(1, "by_kind.bad"), Data::Float(4.0));
    assert_eq!(cell(3, "status"), text("error"));

    let ranking = book.sheet("ranking");
    assert_eq!(
        ranking[0],
        texts(&[
            "subject",
            "period",
            "id",
            "place",
            "part",
            "third",
            "days.good",
            "days.bad",
            "status"
        ])
    );
    assert_eq!(ranking.len(), 4);
    let first = [
        text("甲"),
        text("2024-05"),
        text("a"),
        Data::Float(1.0),
        Data::Float(3.6),
    ];
    assert_eq!(ranking[1][..5], first);
    assert_eq!(ranking[2][2], text("=b"));
    assert_eq!(ranking[2][5], text("80/3"));
    // Style 2 keeps a text a text when the cell is edited.
    let xml = book.xml("xl/worksheets/sheet2.xml");
    assert!(
        xml.contains("<c r=\"C3\" s=\"2\" t=\"inlineStr\">"),
        "{xml}"
    );
    assert!(!xml.contains("<f>"));

    let places = book.sheet("places");
    let column: Vec<_> = places.iter().map(|row| row[2].clone()).collect();
    let [one, two] = [1.0, 2.0].map(Data::Float);
    assert_eq!(column, [text("places"), two.clone(), one, two]);
    assert_eq!(book.sheet("by_kind").len(), 5);
    assert_eq!(book.sheet("visits")[1][2], text("=north"));
}

#[test]
fn sheets_are_named_by_labels_where_those_are_asked_for() {
    let mut book = Book::scored("--headings labels --lang zh");
    // Two results are called 排名.
    assert_eq!(
        book.names(),
        ["结果", "排名", "名次表", "回答", "排名 (2)", "走访"]
    );
    assert_eq!(
        book.sheet("排名 (2)")[0],
        texts(&["班组", "周期", "排名", "件数", "share"])
    );
    assert_eq!(book.sheet("排名 (2)")[1][2], text("好"));
}

#[test]
fn a_workbook_of_rows_has_one_sheet() {
    let mut book = Book::scored("--rows ranking --headings labels --places 2");
    assert_eq!(book.names(), ["排名"]);
    let sheet = book.sheet("排名");
    assert_eq!(sheet.len(), 7);
    assert_eq!(sheet[2][5], Data::Float(26.67));
    assert_eq!(sheet[4][9], text("no_result"));
    assert_eq!(sheet[4][10], text("停业不评"));
    assert_eq!(sheet[6][9], text("no_rows"));
}

#[test]
fn a_ranking_longer_than_a_cell_fits_in_its_sheet() {
    // 2000 people are some 60,000 signs of JSON, and a cell holds 32,767.
    let people: Vec<String> = (0..2000)
        .map(|id| format!("{{\"id\": \"{id}\", \"score\": 1}}"))
        .collect();
    let data = format!(
        "[{{\"team\": \"甲\", \"pool\": 1, \"people\": [{}]}}]",
        people.join(",")
    );
    let scheme = TEAMS.replace("    result places \"名次表\" = people.place\n", "");
    let folder = Folder::new(&[("a.scheme", &scheme), ("d.json", &data)]);
    folder
        .run("score a.scheme d.json --format xlsx --output out.xlsx")
        .ends(0);
    let bytes = std::fs::read(folder.path("out.xlsx")).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let height = book.worksheet_range("ranking").unwrap().height();
    assert_eq!(height, 2001);
}
