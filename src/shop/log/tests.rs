use super::*;

fn checks() -> Vec<String> {
    ["slot", "serial"].map(String::from).to_vec()
}

fn shop() -> Shop {
    let mut shop = Shop::default();
    let terminal = shop.add_terminal();
    (terminal.model, terminal.serial, terminal.place) =
        ("X 900".into(), "12AB".into(), "till 1, left".into());
    let at = Stamp { date: Date { year: 2026, month: 11, day: 22 }, minute: 545 };
    let seen = vec![("slot".into(), Seen::Different), ("serial".into(), Seen::Same)];
    shop.inspections
        .push(Inspection { terminal: 1, at, seen, note: "=tight \"slot\"\n紧".into() });
    shop
}

fn from(text: &str) -> Result<(Shop, Brought), Vec<Wrong>> {
    let mut shop = Shop::default();
    read(&mut shop, text, &checks(), |_, t| t.to_string()).map(|b| (shop, b))
}

const HEAD: &str = "inspection,date,time,model,serial,place,check,seen,note\n";

#[test]
fn what_is_written_is_read_back_and_known_the_second_time() {
    let mut before = shop();
    let text = write(&before);
    assert!(text.starts_with('\u{feff}') && text.contains("'=tight"), "{text}");
    let (after, brought) = from(&text).expect("our own file");
    assert_eq!(after, before);
    assert_eq!(brought, Brought { inspections: 1, known: 0 });
    let again = read(&mut before, &text, &checks(), |_, t| t.to_string());
    assert_eq!(again, Ok(Brought { inspections: 0, known: 1 }));
    assert_eq!(after, before);
}

#[test]
fn semicolons_tabs_and_other_ways_to_write_a_date_are_read() {
    for date in [
        "2026-11-22",
        "2026/11/22",
        "2026.11.22",
        "2026年11月22日",
        "22.11.2026",
        "22/11/2026",
        "11/22/2026",
    ] {
        for parting in [",", ";", "\t"] {
            let text =
                format!("{HEAD}1,{date},9:05,X,12AB,till,slot,as-always,\n").replace(',', parting);
            let (shop, _) = from(&text).unwrap_or_else(|e| panic!("{date}{parting}: {e:?}"));
            assert_eq!(shop.inspections[0].at.to_string(), "2026-11-22 09:05");
        }
    }
}

#[test]
fn every_wrong_row_is_told_with_its_number_and_nothing_is_taken() {
    let text = format!(
        "{HEAD}1,2026-11-22,09:05,X,1,till,slot,as-always,\n\
         1,2026-02-30,09:05,X,1,till,slot,as-always,\n\
         1,03/04/2026,25:00,X,1,till,slot,as-always,\n\
         1,2026-11-22,09:05,X,1,till,lid,fine,\n\
         1,2026-11-22,09:05,,,,slot,as-always,\n\
         1,2026-11-22,09:05,X,1,till,slot,as-always,\n\
         1,2026-11-22,09:05\n"
    );
    let mut before = shop();
    let kept = before.clone();
    let wrong = read(&mut before, &text, &checks(), |_, t| t.to_string()).expect_err("wrong rows");
    let told = |row, why| Wrong { row, why };
    let expected = vec![
        told(3, Why::NoDate("2026-02-30".into())),
        told(4, Why::TwoWays("03/04/2026".into())),
        told(4, Why::NoTime("25:00".into())),
        told(5, Why::NoCheck("lid".into())),
        told(5, Why::NoSeen("fine".into())),
        told(6, Why::NoTerminal),
        told(7, Why::Twice),
        told(8, Why::Width),
    ];
    assert_eq!(wrong, expected);
    assert_eq!(before, kept);
}

#[test]
fn what_is_no_log_at_all_is_told() {
    let why = |text: &str| from(text).expect_err(text)[0].why.clone();
    assert_eq!(why(""), Why::Empty);
    assert_eq!(why(HEAD), Why::Empty);
    assert_eq!(why("name,price\nbread,2\n"), Why::Columns);
    assert_eq!(why("\u{feff}时间,机器\n"), Why::Columns);
    assert_eq!(why("\"date,time"), Why::Columns);
}

#[test]
fn ten_thousand_rows_are_read_at_once() {
    let mut text = HEAD.to_string();
    for i in 0..5_000 {
        let (day, minute) = (1 + i / 200, i % 60);
        for check in ["slot", "serial"] {
            let at = format!("2026-11-{day:02},{:02}:{minute:02}", (i / 60) % 24);
            text.push_str(&format!("{i},{at},X,{},till {i},{check},as-always,\n", i % 40));
        }
    }
    let (shop, brought) = from(&text).expect("ten thousand rows");
    assert_eq!(brought.inspections, 5_000);
    assert_eq!(shop.terminals.len(), 5_000);
}
