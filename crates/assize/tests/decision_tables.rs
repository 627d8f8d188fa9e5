//! Decision tables that others have published with their gaps and overlaps: what is told of each is
//! what they name.
//!
//! Most are the models that come with the analysis of decision tables in Drools (Apache KIE,
//! `kie-dmn-validation`, `dtanalysis`; Apache-2.0), each beside a list of its gaps and overlaps as
//! regions; others are examples of manuals and issues, named where they stand. Rules, gaps and
//! overlaps are copied as figures, in the words of lines here. Each gap that is told has to lie in a
//! published one, which then gets a line of its own, until nothing is left: none may be missing and
//! none too many. The prover has to say the same of conditions in place of a table.
//!
//! Those tables have a policy that says what counts where two rules meet. Here the first line does,
//! so an exception above its rule is no finding, nor are two lines that give the same; of these the
//! prover alone is asked.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "helpers of a test stand outside the test functions"
)]

use assize::Checker;
use assize::diagnostic::Diagnostic;
use assize::input::Given;
use assize::number::{Rational, parse_decimal};
use assize::prove::{Effort, Kind, Verdict};

/// A published table. Lines, gaps and overlaps are written as the conditions of a line, one for
/// each key, parted by commas.
struct Table {
    /// The declarations of the keys.
    keys: &'static str,
    names: &'static [&'static str],
    /// Conditions, and what they give.
    lines: &'static [(&'static str, &'static str)],
    gaps: &'static [&'static str],
    /// The earlier line, the later one, counted from 1, and what they share.
    overlaps: &'static [(usize, usize, &'static str)],
    /// Which of these are told: lines that cross and give something else.
    told: &'static [usize],
}

/// `GapsAndOverlaps1-domainOnTable`: eleven gaps, and rules 1 and 3 overlap.
const TWO_FIGURES: Table = Table {
    keys: "input a : number 0..\ninput b : number from 0 below 999",
    names: &["a", "b"],
    lines: &[
        ("0..4, 0..2", "1"),
        ("1..3, 5..6", "2"),
        ("2..5, 1..4", "3"),
        ("6..7, 0..3", "4"),
    ],
    gaps: &[
        "from 0 below 1, above 2 below 999",
        "from 1 below 2, above 2 below 5",
        "from 1 below 2, above 6 below 999",
        "2..3, above 4 below 5",
        "2..3, above 6 below 999",
        "above 3 up to 4, above 4 below 999",
        "above 4 up to 5, from 0 below 1",
        "above 4 up to 5, above 4 below 999",
        "above 5 below 6, from 0 below 999",
        "6..7, above 3 below 999",
        "above 7, from 0 below 999",
    ],
    overlaps: &[(1, 3, "2..4, 1..2")],
    told: &[0],
};

/// `GapsXYv2`: three gaps around the origin, no overlap.
const AROUND_THE_ORIGIN: Table = Table {
    keys: "input a, b : number",
    names: &["a", "b"],
    lines: &[
        ("above 0, from 0", "1"),
        ("0, below -10", "2"),
        ("0, from -10 below 0", "3"),
        ("below 0, up to 0", "4"),
    ],
    gaps: &["below 0, above 0", "0, from 0", "above 0, below 0"],
    overlaps: &[],
    told: &[],
};

/// `GapsCube3`: three figures, four gaps.
const CUBE: Table = Table {
    keys: "input a, b, c : number 0..3",
    names: &["a", "b", "c"],
    lines: &[("0..1, 0..2, 0..3", "1"), ("2..3, 1..3, 1..3", "2")],
    gaps: &[
        "0..1, above 2 up to 3, 0..3",
        "above 1 below 2, 0..3, 0..3",
        "2..3, from 0 below 1, 0..3",
        "2..3, 1..3, from 0 below 1",
    ],
    overlaps: &[],
    told: &[],
};

/// `AgeKitten-domainOnTable`: who is under 12, and dogs from 15 to 18.
const KITTEN: Table = Table {
    keys: "choice kitten { Cat, Dog }\ninput age : number 0..\ninput pet : kitten",
    names: &["age", "pet"],
    lines: &[
        ("from 12 below 15, Cat or Dog", "1"),
        ("from 15, Cat", "2"),
        ("from 18, Dog", "2"),
    ],
    gaps: &["from 0 below 12, Cat or Dog", "from 15 below 18, Dog"],
    overlaps: &[],
    told: &[],
};

/// `SRGapsOverlapsSubsumption2`: a fair ratio above 660 is forgotten; rules 2 and 4 overlap at 660,
/// and give the same.
const LOAN_APPROVAL: Table = Table {
    keys: "choice shares best first { Good, Fair, Bad }\ninput score : number\ninput dti : shares",
    names: &["score", "dti"],
    lines: &[
        ("above 660, Good", "1"),
        ("from 660, Bad", "0"),
        ("600..660, Good", "1"),
        ("600..660, Fair or Bad", "0"),
        ("below 600, Good or Fair or Bad", "0"),
    ],
    gaps: &["above 660, Fair"],
    overlaps: &[(2, 4, "660, Bad")],
    told: &[],
};

/// `GapsOverlapsBoolean`: yes and yes is forgotten; rule 1 is an exception to rule 2.
const TWO_FLAGS: Table = Table {
    keys: "input a, b : flag",
    names: &["a", "b"],
    lines: &[("no, no", "1"), ("no, yes or no", "2"), ("yes, no", "3")],
    gaps: &["yes, yes"],
    overlaps: &[(1, 2, "no, no")],
    told: &[],
};

/// `MisleadingRules`: complete; rules 2 and 4 overlap where a medium risk is not mitigated.
const RISK: Table = Table {
    keys: "choice risks { H, M, L }\ninput mitigated : flag\ninput risk : risks",
    names: &["mitigated", "risk"],
    lines: &[
        ("yes, L", "1"),
        ("yes or no, M", "2"),
        ("yes, H", "3"),
        ("no, H or M or L", "3"),
    ],
    gaps: &[],
    overlaps: &[(2, 4, "no, M")],
    told: &[0],
};

/// `MaskTest`: complete; rule 1 is an exception to rule 2.
const MASKED: Table = Table {
    keys: "choice risks { H, M, L }\ninput age : number 0..\ninput risk : risks\ninput mitigated : flag",
    names: &["age", "risk", "mitigated"],
    lines: &[
        ("from 18, M or L, yes", "1"),
        ("from 0, H or M or L, yes or no", "2"),
    ],
    gaps: &[],
    overlaps: &[(1, 2, "from 18, M or L, yes")],
    told: &[],
};

/// `Gaps0100-domainOnTable`: both ends of the range are left out.
const BOTH_ENDS: Table = Table {
    keys: "input a : number 0..100",
    names: &["a"],
    lines: &[("above 0 below 100", "1")],
    gaps: &["0", "100"],
    overlaps: &[],
    told: &[],
};

/// `posDoubleNegHalf`: twice what is above zero, half of what is below it; zero is forgotten.
const SIGNS: Table = Table {
    keys: "input a : number",
    names: &["a"],
    lines: &[("above 0", "a * 2"), ("below 0", "a / 2")],
    gaps: &["0"],
    overlaps: &[],
    told: &[],
};

/// IBM Operational Decision Manager, “Decision tables errors and warnings”: between 17 and 30,
/// between 29 and 40; who is 29 fits both.
const IBM_OVERLAP: Table = Table {
    keys: "input age : number 17..40, step 1",
    names: &["age"],
    lines: &[("17..30", "1"), ("29..40", "2")],
    gaps: &[],
    overlaps: &[(1, 2, "29..30")],
    told: &[0],
};

/// The same page: between 17 and 30, between 32 and 40; who is 31 is forgotten.
const IBM_GAP: Table = Table {
    keys: "input age : number 17..40, step 1",
    names: &["age"],
    lines: &[("17..30", "1"), ("32..40", "2")],
    gaps: &["31"],
    overlaps: &[],
    told: &[],
};

/// The tutorial of the same program, “Correcting an overlapping data error”: the two lines for New
/// York after 21 has been changed to 19. Other states and ages have lines elsewhere.
const IBM_MINIMUM_AGE: Table = Table {
    keys: "choice states { new_york, other }\ninput state : states\ninput age : number from 18 below 25",
    names: &["state", "age"],
    lines: &[
        ("new_york, from 18 below 21", "1"),
        ("new_york, from 19 below 25", "2"),
    ],
    gaps: &["other, from 18 below 25"],
    overlaps: &[(1, 2, "new_york, from 19 below 21")],
    told: &[0],
};

/// IBM Decision Intelligence, “Working with decision tables”: grade and amount of a loan, without a
/// gap or an overlap.
const IBM_INSURANCE: Table = Table {
    keys: "choice grades { A, B }\ninput loan_grade : grades\ninput amount : number 0..",
    names: &["loan_grade", "amount"],
    lines: &[
        ("A, below 100_000", "0"),
        ("A, from 100_000 below 300_000", "0.001"),
        ("A, from 300_000 below 600_000", "0.003"),
        ("A, from 600_000", "0.005"),
        ("B, below 100_000", "0"),
        ("B, from 100_000 below 300_000", "0.0025"),
        ("B, from 300_000 below 600_000", "0.005"),
        ("B, from 600_000", "0.0075"),
    ],
    gaps: &[],
    overlaps: &[],
    told: &[],
};

/// TIBCO BusinessEvents Decision Manager, “The Analyze Table Tool”, uncovered ranges: up to 18, 25
/// to 30, from 100.
const TIBCO_UNCOVERED: Table = Table {
    keys: "input age : number 0..",
    names: &["age"],
    lines: &[("above 18 below 25", "1"), ("above 30 below 100", "2")],
    gaps: &["up to 18", "25..30", "from 100"],
    overlaps: &[],
    told: &[],
};

/// The same page, overlapping ranges: from 21 to 25.
const TIBCO_OVERLAP: Table = Table {
    keys: "input age : number above 18 below 100",
    names: &["age"],
    lines: &[("above 18 below 25", "1"), ("above 21 below 100", "2")],
    gaps: &[],
    overlaps: &[(1, 2, "above 21 below 25")],
    told: &[0],
};

/// A table of the shape with which Calvanese, Dumas, Laurson, Maggi, Montali and Teinemaa, “Semantics
/// and Analysis of DMN Decision Tables” (BPM 2016), introduce both questions: the grade of a loan by
/// income and size, four boxes of which two overlap. The regions are those between the boxes.
const LOAN_GRADE: Table = Table {
    keys: "input income, size : number 0..",
    names: &["income", "size"],
    lines: &[
        ("0..1000, 0..1000", "4"),
        ("250..750, 4000..5000", "3"),
        ("500..1500, 500..3000", "2"),
        ("2000..2500, 0..2000", "1"),
    ],
    gaps: &[
        "below 250, above 1000",
        "from 250 below 500, above 1000 below 4000",
        "from 250 below 500, above 5000",
        "from 500 up to 750, above 3000 below 4000",
        "from 500 up to 750, above 5000",
        "above 750 up to 1500, above 3000",
        "above 1000 up to 1500, below 500",
        "above 1500 below 2000, from 0",
        "2000..2500, above 2000",
        "above 2500, from 0",
    ],
    overlaps: &[(1, 3, "500..1000, 500..1000")],
    told: &[0],
};

const ALL: [&Table; 17] = [
    &TWO_FIGURES,
    &AROUND_THE_ORIGIN,
    &CUBE,
    &KITTEN,
    &LOAN_APPROVAL,
    &TWO_FLAGS,
    &RISK,
    &MASKED,
    &BOTH_ENDS,
    &SIGNS,
    &IBM_OVERLAP,
    &IBM_GAP,
    &IBM_MINIMUM_AGE,
    &IBM_INSURANCE,
    &TIBCO_UNCOVERED,
    &TIBCO_OVERLAP,
    &LOAN_GRADE,
];

/// A value of a key, as a finding or a counter-example names it.
fn figure(value: &str) -> Option<Rational> {
    match value.split_once('/') {
        Some((above, below)) => parse_decimal(above)
            .ok()?
            .checked_div(&parse_decimal(below).ok()?)
            .ok(),
        None => parse_decimal(&value.replace('_', "")).ok(),
    }
}

/// The bounds of a test of a figure: each a word and what it bounds. A range is two of them.
fn bounds(test: &str) -> Vec<(&str, Rational)> {
    let test = test.strip_prefix("up to ").map_or_else(
        || test.replace(" up to ", " up_to "),
        |rest| format!("up_to {rest}"),
    );
    if let Some((low, high)) = test.split_once("..") {
        return vec![
            ("from", figure(low).unwrap()),
            ("up_to", figure(high).unwrap()),
        ];
    }
    let words: Vec<&str> = test.split(' ').collect();
    words
        .chunks(2)
        .map(|pair| match pair {
            [word, at] => {
                let known = ["from", "above", "up_to", "below"];
                let word = known.into_iter().find(|known| known == word);
                (word.unwrap(), figure(at).unwrap())
            }
            _ => ("is", figure(pair[0]).unwrap()),
        })
        .collect()
}

/// Whether a value passes the test of its key.
fn passes(test: &str, value: &str) -> bool {
    let Some(value) = figure(value) else {
        return test
            .split(" or ")
            .any(|one| one == value || value.ends_with(&format!("/{one}")));
    };
    bounds(test).into_iter().all(|(word, at)| match word {
        "from" => value >= at,
        "above" => value > at,
        "up_to" => value <= at,
        "below" => value < at,
        _ => value == at,
    })
}

/// Whether a combination lies in a region.
fn lies_in(region: &str, values: &[String]) -> bool {
    let tests: Vec<&str> = region.split(", ").collect();
    assert_eq!(tests.len(), values.len(), "{region}: {values:?}");
    tests
        .iter()
        .zip(values)
        .all(|(test, value)| passes(test, value))
}

impl Table {
    /// The table with the lines that fill gaps behind its own.
    fn scheme(&self, filled: &[&str]) -> String {
        let mut text = format!(
            "scheme s {{\n{}\ntable t by {} {{\n",
            self.keys,
            self.names.join(", ")
        );
        let filled = filled.iter().map(|gap| (*gap, "99"));
        if let [key] = self.names {
            // Lines in place may be computed.
            text = format!("scheme s {{\n{}\nlet r by {key} {{\n", self.keys);
        }
        for (test, gives) in self.lines.iter().copied().chain(filled) {
            text.push_str(&format!("{test} => {gives}\n"));
        }
        match self.names {
            [_] => text + "}\nresult r\n}\n",
            names => format!("{text}}}\nresult r = t of ({})\n}}\n", names.join(", ")),
        }
    }

    /// A condition that holds where a line does.
    fn condition(&self, line: &str) -> String {
        let each = line.split(", ").zip(self.names).map(|(test, name)| {
            if figure(test.split([' ', '.']).next_back().unwrap()).is_some() {
                let bounds = bounds(test).into_iter().map(|(word, at)| {
                    let sign = match word {
                        "from" => ">=",
                        "above" => ">",
                        "up_to" => "<=",
                        "below" => "<",
                        _ => "=",
                    };
                    format!("{name} {sign} {at}")
                });
                return bounds.collect::<Vec<_>>().join(" and ");
            }
            let either = test.split(" or ").map(|one| match one {
                "yes" => (*name).to_owned(),
                "no" => format!("not {name}"),
                option => format!("{name} = {option}"),
            });
            format!("({})", either.collect::<Vec<_>>().join(" or "))
        });
        format!("({})", each.collect::<Vec<_>>().join(" and "))
    }

    /// The verdict on one guarantee, with the data that break it in the order of the keys.
    fn verdict(&self, guarantee: &str) -> (bool, Option<Vec<String>>) {
        let text = format!(
            "scheme s {{\n{}\nitem i out of 1 {{ score 1 }}\nguarantee {guarantee}\n}}\n",
            self.keys
        );
        // Without effort, a check leaves the guarantee to the proof.
        let checked = Checker::new().effort(Effort { regions: 0 }).check(&text);
        let Some(scheme) = checked.scheme else {
            panic!("{text}{:?}", checked.diagnostics);
        };
        let proofs = scheme.prove(Effort::default());
        let mut own = proofs
            .properties
            .into_iter()
            .filter(|property| property.kind == Kind::Guarantee);
        match own.next().unwrap().verdict {
            Verdict::Proved => (true, None),
            Verdict::Refuted(Some(example)) => {
                let values = &example.subjects[0].values;
                let named = self.names.iter().map(|name| match &values[*name] {
                    Given::Number(value) | Given::Text(value) => value.clone(),
                    Given::Flag(true) => "yes".to_owned(),
                    Given::Flag(false) => "no".to_owned(),
                    other => panic!("{other:?}"),
                });
                (false, Some(named.collect()))
            }
            other => panic!("{guarantee}: {other:?}"),
        }
    }
}

fn findings(text: &str, code: &str) -> Vec<Diagnostic> {
    let mut found = assize::check(text).diagnostics;
    found.retain(|found| found.code.name == code);
    found
}

/// The combination that a finding names.
fn named(message: &str) -> Vec<String> {
    let from = message
        .strip_prefix("no line holds for ")
        .unwrap_or(message);
    let ends = [", which can occur", " together fit", " fits this line"];
    let (values, _) = ends
        .iter()
        .find_map(|end| from.split_once(end))
        .unwrap_or_else(|| panic!("{message}"));
    values.split('、').map(str::to_owned).collect()
}

#[test]
fn the_gaps_told_are_the_published_ones() {
    for table in ALL {
        let mut open = table.gaps.to_vec();
        let mut filled = Vec::new();
        loop {
            let text = table.scheme(&filled);
            let found = findings(&text, "lines-incomplete");
            let Some(found) = found.first() else { break };
            let head = found.span.of(&text);
            assert!(
                head.starts_with("table t") || head.starts_with("let r"),
                "{head}"
            );
            let values = named(&found.message.en);
            let gap = open.iter().position(|gap| lies_in(gap, &values));
            let gap = gap.unwrap_or_else(|| panic!("nobody named {values:?}:\n{text}"));
            filled.push(open.remove(gap));
        }
        assert!(
            open.is_empty(),
            "not told: {open:?}\n{}",
            table.scheme(&filled)
        );
        let whole = assize::check(&table.scheme(&filled));
        assert!(whole.scheme.is_some(), "{:?}", whole.diagnostics);
    }
}

#[test]
fn the_overlaps_told_are_the_published_ones_that_make_a_difference() {
    for table in ALL {
        let text = table.scheme(table.gaps);
        let found = findings(&text, "lines-overlap");
        assert_eq!(found.len(), table.told.len(), "{text}{found:?}");
        for (found, told) in found.iter().zip(table.told) {
            let (earlier, later, region) = table.overlaps[*told];
            let line = |number: usize| table.lines[number - 1].0;
            assert!(found.span.of(&text).starts_with(line(later)), "{text}");
            assert!(
                found.labels[0].span.of(&text).starts_with(line(earlier)),
                "{text}"
            );
            let values = named(&found.message.en);
            assert!(lies_in(region, &values), "{values:?} in {region}");
        }
    }
}

/// Some line holds for everybody: refuted by somebody in a published gap, and proved as soon as each
/// gap has a line. Two lines never hold together: refuted for the published pairs alone, by somebody
/// whom both are published to fit.
#[test]
fn the_prover_says_the_same_of_conditions() {
    for table in ALL {
        let lines: Vec<String> = table
            .lines
            .iter()
            .map(|(line, _)| table.condition(line))
            .collect();
        let mut any = lines.clone();
        let mut open = table.gaps.to_vec();
        while let (false, Some(values)) = table.verdict(&any.join(" or ")) {
            let gap = open.iter().position(|gap| lies_in(gap, &values));
            let gap = gap.unwrap_or_else(|| panic!("nobody named {values:?}: {any:?}"));
            any.push(table.condition(open.remove(gap)));
        }
        assert!(open.is_empty(), "not found: {open:?}");
        for (later, own) in lines.iter().enumerate() {
            for (earlier, other) in lines.iter().enumerate().take(later) {
                let published = table
                    .overlaps
                    .iter()
                    .find(|(a, b, _)| (*a, *b) == (earlier + 1, later + 1));
                let (proved, values) = table.verdict(&format!("not ({other} and {own})"));
                assert_eq!(proved, published.is_none(), "{other} / {own}");
                if let (Some((_, _, region)), Some(values)) = (published, values) {
                    assert!(lies_in(region, &values), "{values:?} in {region}");
                }
            }
        }
    }
}
