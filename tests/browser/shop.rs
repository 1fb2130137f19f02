//! What a merchant does: a checklist, an inspection, the quiz, prints, the owner's view.

use browser_tests::{By, Engine, Stage, WebDriverResult, Wishes, play};

fn plain() -> Wishes {
    Wishes { later: vec!["office-", "shelf.", "guides-", "claims-"], ..Wishes::default() }
}

async fn fill(stage: &Stage, id: &str, value: &str) -> WebDriverResult<()> {
    let script = "const field = document.getElementById(arguments[0]); field.focus(); field.value = arguments[1];
        field.dispatchEvent(new Event('input', { bubbles: true }));";
    stage.driver.execute(script, vec![id.into(), value.into()]).await?;
    stage.settled().await
}

async fn open(stage: &mut Stage, fragment: &str) -> WebDriverResult<()> {
    stage.open(fragment).await?;
    there(stage).await
}

/// Waits for a page of the office.
async fn there(stage: &Stage) -> WebDriverResult<()> {
    let script = "return document.querySelector('#app h1') !== null && document.querySelector('#app .loading') === null";
    stage.until("the page is there", script).await
}

async fn press(stage: &Stage, id: &str) -> WebDriverResult<()> {
    stage.driver.find(By::Id(id)).await?.click().await?;
    stage.settled().await
}

/// Chooses a file in a field; `bytes` is a list of numbers.
async fn choose(stage: &Stage, field: &str, bytes: &[u8]) -> WebDriverResult<()> {
    let script = "const field = document.getElementById(arguments[0]); const files = new DataTransfer();
        files.items.add(new File([new Uint8Array(arguments[1])], 'chosen')); field.files = files.files;
        field.dispatchEvent(new Event('change', { bubbles: true }));";
    stage.driver.execute(script, vec![field.into(), serde_json::json!(bytes)]).await?;
    Ok(())
}

async fn says(stage: &Stage, text: &str) -> WebDriverResult<()> {
    let script = format!("return document.body.innerText.includes({})", serde_json::json!(text));
    stage.until(text, &script).await
}

#[test]
fn a_checklist_is_ticked_kept_and_leads_into_the_diagnosis() {
    play(plain(), async |stage| {
        stage.open("#/en/staff").await?;
        stage.follow("/guides").await?;
        there(stage).await?;
        stage.follow("/guide/payment-fails").await?;
        let boxes = stage.driver.find_all(By::Css(".checklist input")).await?;
        assert!(boxes.len() >= 5, "{}", boxes.len());
        boxes[0].click().await?;
        stage.settled().await?;
        says(stage, &format!("1 of {} done", boxes.len())).await?;
        assert!(!stage.driver.find(By::Css(".checklist time")).await?.text().await?.is_empty());
        fill(stage, "keep-shop", "always").await?;
        open(stage, "#/zh-CN/staff/guide/payment-fails").await?;
        says(stage, &format!("{}步做了1步", boxes.len())).await?;
        // By keyboard: a box takes the blank key.
        stage
            .driver
            .execute("document.querySelectorAll('.checklist input')[1].focus()", vec![])
            .await?;
        let second = stage.driver.find_all(By::Css(".checklist input")).await?.remove(1);
        second.send_keys(" ").await?;
        stage.settled().await?;
        says(stage, &format!("{}步做了2步", boxes.len())).await?;
        press(stage, "reset-payment-fails").await?;
        says(stage, "打的勾都取消了").await?;
        press(stage, "wipe-shop").await?;
        let kept = "return Object.keys(localStorage).filter((k) => k.includes('kept')).join()";
        assert_eq!(stage.script(kept).await?, "");
        // Into the diagnosis, from the guide that begins it.
        open(stage, "#/en/staff/guide/opening-checks").await?;
        let links = "return [...document.querySelectorAll('.checklist p > a')].filter((a) => !/\\/(guide|rights|now|log|message|code|quiz|upkeep)/.test(a.hash)).length";
        assert_ne!(stage.script(links).await?, "0");
        Ok(())
    });
}

#[test]
fn an_inspection_with_a_photo_is_logged_stops_on_tampering_and_travels_as_csv() {
    play(plain(), async |stage| {
        open(stage, "#/en/staff/log").await?;
        press(stage, "add-terminal").await?;
        fill(stage, "terminal-1-model", "X 900").await?;
        fill(stage, "terminal-1-serial", "SN-0012-77AB").await?;
        fill(stage, "terminal-1-place", "till 1").await?;
        says(stage, "Terminal 1 · X 900 · 77AB · till 1").await?;
        // A picture that the page itself makes.
        let script = "const done = arguments[0]; const canvas = document.createElement('canvas'); canvas.width = 1600; canvas.height = 1200;
            canvas.getContext('2d').fillRect(0, 0, 800, 600); canvas.toBlob((blob) => {
              const field = document.getElementById('photo-1'); const files = new DataTransfer(); files.items.add(new File([blob], 'terminal.png', { type: 'image/png' }));
              field.files = files.files; field.dispatchEvent(new Event('change', { bubbles: true })); done(true); });";
        stage.driver.execute_async(script, vec![]).await?;
        let drawn = "const c = document.querySelector('canvas[data-photo]'); return c !== null && c.width === 640 && c.height === 480";
        stage.until("the photo is drawn, made small", drawn).await?;
        choose(stage, "photo-1", b"no picture").await?;
        says(stage, "This picture could not be read.").await?;
        fill(stage, "keep-shop", "always").await?;
        stage.follow("/log/1").await?;
        fill(stage, "seen-1-serial", "as-always").await?;
        assert!(stage.driver.find_all(By::Css("#app [role=alert]")).await?.is_empty());
        fill(stage, "seen-1-slot", "different").await?;
        says(stage, "Stop using this terminal").await?;
        fill(stage, "note-1", "tight; card 4111 1111 1111 1111").await?;
        let note = stage.script("return document.getElementById('note-1').value").await?;
        assert!(!note.contains("4111"), "{note}");
        press(stage, "save-inspection-1").await?;
        says(stage, "It is in the log.").await?;
        stage.driver.execute(
            "window.given = []; const make = URL.createObjectURL; URL.createObjectURL = (blob) => { window.given.push(blob); return make.call(URL, blob); }; HTMLAnchorElement.prototype.click = () => {};",
            vec![],
        ).await?;
        stage.follow("/log").await?;
        press(stage, "save-log").await?;
        let read = "const done = arguments[0]; window.given[0].text().then(done);";
        let csv = stage.driver.execute_async(read, vec![]).await?;
        let csv = csv.json().as_str().unwrap_or_default().to_string();
        assert!(csv.contains("77AB,till 1,slot,different"), "{csv}");
        // Kept with its photo.
        open(stage, "#/en/staff/log").await?;
        stage.until("the photo is there again", drawn).await?;
        press(stage, "wipe-shop").await?;
        says(stage, "None yet. Add the first one.").await?;
        // A spreadsheet of mainland China writes it anew, in GB18030: 收银台 as bytes.
        let head =
            csv.trim_start_matches('\u{feff}').lines().next().unwrap_or_default().to_string();
        let mut gb = format!("{head}\r\n1,2026/11/22,9:05,X 900,77AB,").into_bytes();
        gb.extend([0xca, 0xd5, 0xd2, 0xf8, 0xcc, 0xa8]);
        gb.extend(b",slot,as-always,\r\n");
        choose(stage, "open-log", &gb).await?;
        says(stage, "1 inspections were added").await?;
        says(stage, "收银台").await?;
        choose(
            stage,
            "open-log",
            format!("{head}\n1,03/04/2026,9:05,X,1,t,slot,as-always,\n").as_bytes(),
        )
        .await?;
        says(stage, "Row 2: “03/04/2026” can be two different days").await?;
        choose(stage, "open-log", b"name,price\n").await?;
        says(stage, "the columns are not those of a saved log").await?;
        Ok(())
    });
}

#[test]
fn the_quiz_is_taken_to_its_end_and_printed() {
    play(plain(), async |stage| {
        open(stage, "#/en/staff/quiz").await?;
        press(stage, "start-quiz").await?;
        let focus = "return document.activeElement.id || document.activeElement.className";
        assert_eq!(stage.script(focus).await?, "asked", "the focus goes on to the question");
        let all = "return document.querySelector('#app main .hint').innerText.match(/\\d+/g)[1]";
        let all: usize = stage.script(all).await?.parse().expect("a number");
        for _ in 0..all {
            press(stage, "pick-0").await?;
            assert!(
                stage.driver.find_all(By::Css(".money p")).await?.len() >= 3,
                "it is explained"
            );
            let focus = stage.script("return document.activeElement.getAttribute('role')").await?;
            assert_eq!(focus, "status", "the focus goes on to the explanation");
            press(stage, "next-question").await?;
        }
        says(stage, &format!("of {all} right")).await?;
        fill(stage, "quiz-name", "Wang").await?;
        stage
            .driver
            .execute("window.printed = 0; window.print = () => { window.printed += 1; };", vec![])
            .await?;
        press(stage, "print").await?;
        assert_eq!(stage.script("return window.printed").await?, "1");
        Ok(())
    });
}

#[test]
fn nothing_printed_is_clipped() {
    play(plain(), async |stage| {
        open(stage, "#/zh-CN/staff/log").await?;
        press(stage, "add-terminal").await?;
        let wide = "document.documentElement.style.width = '350px'; return String([...document.querySelectorAll('#app main *')].some((e) => e.getBoundingClientRect().right > 351))";
        assert_eq!(stage.script(wide).await?, "false", "the log fits a phone");
        for place in [
            "print/counter",
            "print/opening",
            "print/calls",
            "guide/payment-fails",
            "quiz",
            "owner",
        ] {
            open(stage, &format!("#/zh-CN/staff/{place}")).await?;
            if stage.engine() == Engine::Chromium {
                // As on paper, at the width of A4 between its margins, and of A6.
                let print = serde_json::json!({ "media": "print" });
                stage.driver.cdp().send_raw("Emulation.setEmulatedMedia", print).await?;
            }
            for width in [718, 350] {
                let script = format!("document.documentElement.style.width = '{width}px';
                    const over = [...document.querySelectorAll('#app main *')].filter((e) => e.getClientRects().length && getComputedStyle(e).display !== 'inline' && e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && !['SELECT', 'OPTION', 'INPUT'].includes(e.tagName));
                    return over.map((e) => e.outerHTML.slice(0, 120)).join('\\n')");
                assert_eq!(stage.script(&script).await?, "", "{place} at {width}");
            }
        }
        Ok(())
    });
}

#[test]
fn what_staff_confirm_is_counted_here_and_can_change_the_order() {
    play(plain(), async |stage| {
        stage.open("#/en/staff/chip-not-read/record.nothing/app.nothing/pending.nothing/try.wipe-chip.solved").await?;
        let count = stage.driver.find(By::Css("[id^=count-]")).await?;
        let cause = count.attr("id").await?.unwrap_or_default().replace("count-", "");
        count.click().await?;
        says(stage, "Counted.").await?;
        let kept = "return localStorage.getItem('pos-aid-kept-causes')";
        assert_eq!(stage.script(kept).await?, format!("\ncount\n{cause} 1"));
        open(stage, "#/en/staff/owner").await?;
        fill(stage, "owner-adjust", "yes").await?;
        assert_eq!(stage.script(kept).await?, format!("\nadjust\n{cause} 1"));
        stage.open("#/en/staff/chip-not-read").await?;
        open(stage, "#/en/staff/owner").await?;
        press(stage, "owner-reset").await?;
        says(stage, "Nothing was counted yet.").await?;
        assert_eq!(
            stage.script("return String(localStorage.getItem('pos-aid-kept-causes'))").await?,
            "null"
        );
        Ok(())
    });
}

#[test]
fn axe_finds_nothing_on_the_pages_for_merchants() {
    play(plain(), async |stage| {
        for lang in ["en", "zh-CN"] {
            for place in [
                "guides",
                "guide/payment-fails",
                "log",
                "upkeep",
                "quiz",
                "print",
                "print/counter",
                "print/calls",
                "owner",
            ] {
                open(stage, &format!("#/{lang}/staff/{place}")).await?;
                match place {
                    "log" => press(stage, "add-terminal").await?,
                    "quiz" => press(stage, "start-quiz").await?,
                    _ => {}
                }
                let found = stage.axe().await?;
                assert!(found.is_empty(), "{lang}/{place}: {found:#?}");
            }
        }
        Ok(())
    });
}
