//! Rights end to end: from what happened to a deadline and a letter.

use browser_tests::{By, Engine, Stage, WebDriverResult, Wishes, play};

fn plain() -> Wishes {
    // The rights of a place are loaded when somebody opens them: requests after load, to ourselves.
    Wishes { later: vec!["office-", "shelf.", "claims-", "rights-"], ..Wishes::default() }
}

/// Sets a field as a person's picker does; typing into a date field differs by engine and language.
async fn fill(stage: &Stage, id: &str, value: &str) -> WebDriverResult<()> {
    let script = "const field = document.getElementById(arguments[0]); field.focus(); field.value = arguments[1];
        field.dispatchEvent(new Event('input', { bubbles: true })); field.dispatchEvent(new Event('change', { bubbles: true }));";
    stage.driver.execute(script, vec![id.into(), value.into()]).await?;
    stage.settled().await
}

async fn open_answer(stage: &mut Stage, fragment: &str) -> WebDriverResult<()> {
    stage.open(fragment).await?;
    stage
        .until("the rights are there", "return document.querySelector('#app .ladder') !== null")
        .await
}

#[test]
fn a_right_a_deadline_and_a_letter_are_found_in_both_languages() {
    play(plain(), async |stage| {
        for (lang, title) in
            [("en", "One payment was charged twice"), ("zh-CN", "一笔付款扣了两次")]
        {
            stage.open(&format!("#/{lang}/cardholder")).await?;
            stage.follow("/rights").await?;
            stage
                .until(
                    "the situations are there",
                    "return document.querySelector('#app .choices') !== null",
                )
                .await?;
            stage.follow("/rights/charged-twice").await?;
            stage.follow("/rights/charged-twice/cn").await?;
            stage.follow("/rights/charged-twice/cn/uk").await?;
            stage
                .until(
                    "the rights are there",
                    "return document.querySelector('#app .ladder') !== null",
                )
                .await?;
            assert_eq!(stage.heading().await?, title);
            fill(stage, "date-transaction", "2026-10-31").await?;
            let focused = stage.script("return document.activeElement.id").await?;
            assert_eq!(focused, "date-transaction", "an answer takes no focus away");
            // Visa's 120 days for a duplicate, on the last of February.
            let days = stage
                .script(
                    "return [...document.querySelectorAll('time')].map((t) => t.dateTime).join()",
                )
                .await?;
            assert!(days.contains("2027-02-28"), "{days}");
            let sorted = stage.script("const d = [...document.querySelectorAll('time')].map((t) => t.dateTime); return String(d) === String(d.toSorted())").await?;
            assert_eq!(sorted, "true", "{days}");
            stage.follow("letter.double-charge").await?;
            assert!(stage.text().await?.contains("________"));
            fill(stage, "blank-name", "Lin 林").await?;
            let letter = stage.driver.find(By::Id("letter")).await?.text().await?;
            assert!(letter.contains("Lin 林") && letter.contains("2026-10-31"), "{letter}");
            // The shop is in Britain, so the English one is to be sent.
            assert_eq!(
                stage.driver.find(By::Id("letter")).await?.attr("lang").await?.as_deref(),
                Some("en")
            );
        }
        Ok(())
    });
}

#[test]
fn what_cannot_be_is_told_at_its_field_and_nothing_is_lost() {
    play(plain(), async |stage| {
        open_answer(stage, "#/en/cardholder/rights/unauthorised/uk/uk").await?;
        fill(stage, "date-transaction", "2999-01-01").await?;
        assert!(stage.text().await?.contains("This day has not come yet."));
        fill(stage, "date-transaction", "2026-10-31").await?;
        fill(stage, "date-complained", "2026-10-01").await?;
        assert!(stage.text().await?.contains("This cannot be before “Day of the payment”."));
        fill(stage, "date-complained", "2026-11-02").await?;
        assert!(stage.driver.find_all(By::Css("#app [aria-invalid]")).await?.is_empty());
        // A day that there is not: only Chromium takes it in as it is typed.
        if stage.engine() == Engine::Chromium {
            let field = stage.driver.find(By::Id("date-transaction")).await?;
            field.click().await?;
            field.send_keys("02302025").await?;
            stage.driver.execute("document.activeElement.blur()", vec![]).await?;
            says(stage, "There is no such day.").await?;
            fill(stage, "date-transaction", "2026-10-31").await?;
            assert!(!stage.text().await?.contains("There is no such day."));
        }
        // A week of 100 KB pastes later the page stands, and what was told is still there.
        stage.follow("letter.unauthorised-use").await?;
        fill(stage, "blank-shop", &"长".repeat(50_000)).await?;
        let letter = stage.driver.find(By::Id("letter")).await?.text().await?;
        assert!(letter.contains("长长") && letter.chars().count() < 3_000, "{letter}");
        fill(stage, "blank-name", "4111 1111 1111 1111").await?;
        let name = stage.script("return document.getElementById('blank-name').value").await?;
        assert!(name.contains('•') && !name.contains("4111"), "{name}");
        stage.driver.find(By::Css("#app .language")).await?.click().await?;
        stage.until("the other language is there", "return document.querySelector('#app #letter') !== null && document.documentElement.lang === 'zh-CN'").await?;
        assert!(stage.driver.find(By::Id("letter")).await?.text().await?.contains("2026-10-31"));
        Ok(())
    });
}

#[test]
fn axe_finds_nothing_on_the_pages_about_rights() {
    play(plain(), async |stage| {
        for lang in ["en", "zh-CN"] {
            stage.open(&format!("#/{lang}/cardholder/rights")).await?;
            stage
                .until(
                    "the situations are there",
                    "return document.querySelector('#app .choices') !== null",
                )
                .await?;
            let found = stage.axe().await?;
            assert!(found.is_empty(), "{lang}: {found:#?}");
            stage.open(&format!("#/{lang}/cardholder/kit")).await?;
            stage
                .until("it is there", "return document.getElementById('add-line') !== null")
                .await?;
            stage.driver.find(By::Id("add-line")).await?.click().await?;
            stage.settled().await?;
            let found = stage.axe().await?;
            assert!(found.is_empty(), "{lang}/kit: {found:#?}");
            for place in ["cn/uk", "us/-", "hk/cn/letter.double-charge"] {
                stage.open(&format!("#/{lang}/cardholder/rights/charged-twice/{place}")).await?;
                stage
                    .until(
                        "it is there",
                        "return document.querySelector('#app .ladder, #app #letter') !== null",
                    )
                    .await?;
                let found = stage.axe().await?;
                assert!(found.is_empty(), "{lang}/{place}: {found:#?}");
            }
        }
        Ok(())
    });
}

/// Remembers every file that the page gives the visitor from now on.
async fn remember_files(stage: &Stage) -> WebDriverResult<()> {
    let script = "window.given = []; const make = URL.createObjectURL;
        URL.createObjectURL = (blob) => { const url = make.call(URL, blob); window.given.push({ blob, url }); return url; };
        HTMLAnchorElement.prototype.click = function () { const file = window.given.find((g) => g.url === this.href); if (file) file.name = this.download; };";
    stage.driver.execute(script, vec![]).await?;
    Ok(())
}

/// Presses a button and gives back the name and the text of the file that came of it.
async fn saved_by(stage: &Stage, button: &str) -> WebDriverResult<(String, String)> {
    stage.driver.execute("window.given.length = 0", vec![]).await?;
    stage.driver.find(By::Id(button)).await?.click().await?;
    stage.settled().await?;
    let read = "const done = arguments[0]; const file = window.given[0];
        if (!file) done(['', '']); else file.blob.text().then((text) => done([file.name, text]));";
    let read = stage.driver.execute_async(read, vec![]).await?;
    let part = |i: usize| read.json()[i].as_str().unwrap_or_default().to_string();
    Ok((part(0), part(1)))
}

/// Chooses a file of this text in the field, as a person does in the system's dialogue.
async fn choose(stage: &Stage, text: &str) -> WebDriverResult<()> {
    let script = "const field = document.getElementById('open-kit'); const files = new DataTransfer();
        files.items.add(new File([arguments[0]], 'notes.json', { type: 'application/json' })); field.files = files.files;
        field.dispatchEvent(new Event('change', { bubbles: true }));";
    stage.driver.execute(script, vec![text.into()]).await?;
    Ok(())
}

async fn says(stage: &Stage, text: &str) -> WebDriverResult<()> {
    let script = format!("return document.body.innerText.includes({})", serde_json::json!(text));
    stage.until(text, &script).await
}

#[test]
fn days_go_to_a_calendar_and_a_letter_is_printed_copied_and_saved() {
    play(plain(), async |stage| {
        open_answer(stage, "#/en/cardholder/rights/unauthorised/uk/uk").await?;
        remember_files(stage).await?;
        assert!(stage.driver.find_all(By::Id("calendar")).await?.is_empty(), "no day, no calendar");
        fill(stage, "date-complained", "2026-11-02").await?;
        let (name, calendar) = saved_by(stage, "calendar").await?;
        assert_eq!(name, "card-payment-notes.ics");
        assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n"), "{calendar}");
        assert!(calendar.trim_end().ends_with("END:VCALENDAR"), "{calendar}");
        stage.follow("letter.unauthorised-use").await?;
        fill(stage, "blank-name", "Lin 林").await?;
        let (name, letter) = saved_by(stage, "save-letter").await?;
        assert_eq!(name, "unauthorised-use.txt");
        assert!(letter.contains("Lin 林") && letter.contains("\n\n--- "), "{letter}");
        let script = "window.printed = 0; window.print = () => { window.printed += 1; };";
        stage.driver.execute(script, vec![]).await?;
        stage.driver.find(By::Id("print")).await?.click().await?;
        assert_eq!(stage.script("return window.printed").await?, "1");
        Ok(())
    });
}

#[test]
fn notes_are_kept_only_if_wanted_travel_as_a_file_and_go_at_one_press() {
    play(plain(), async |stage| {
        let kept = "return Object.keys(localStorage).filter((k) => k.includes('kept')).join()";
        open_answer(stage, "#/en/cardholder/rights/charged-twice/cn/uk").await?;
        stage.follow("/kit").await?;
        stage
            .until("the page is there", "return document.getElementById('add-line') !== null")
            .await?;
        remember_files(stage).await?;
        stage.driver.find(By::Id("add-line")).await?.click().await?;
        stage.settled().await?;
        fill(stage, "line-0-date", "2026-11-01").await?;
        fill(stage, "line-0-text", "They said: wait. 4111 1111 1111 1111").await?;
        stage.driver.find(By::Css("label[for='paper-slip']")).await?.click().await?;
        stage.settled().await?;
        assert!(
            stage.driver.find(By::Css(".timeline")).await?.text().await?.contains("2026-11-01")
        );
        assert_eq!(stage.script(kept).await?, "", "nothing is kept unasked");
        let (name, file) = saved_by(stage, "save-kit").await?;
        assert!(name.starts_with("card-payment-notes-") && name.ends_with(".json"), "{name}");
        assert!(file.contains("They said: wait.") && !file.contains("4111"), "{file}");

        // Kept: it is there again after a reload.
        fill(stage, "keep", "always").await?;
        assert_eq!(stage.script(kept).await?, "pos-aid-kept-kit");
        stage.open("#/zh-CN/cardholder/kit").await?;
        stage.until("the notes are back", "return document.getElementById('line-0-text')?.value.startsWith('They said') === true").await?;
        let ticked = "return document.getElementById('paper-slip').checked";
        assert_eq!(stage.script(ticked).await?, "true");

        // Erased, on the page and on the device.
        stage.driver.find(By::Id("wipe")).await?.click().await?;
        says(stage, "已清除，页面上和这台设备上都没有了。").await?;
        assert_eq!(stage.script(kept).await?, "");
        let papers = "return String(document.querySelectorAll('.tick').length)";
        assert_eq!(stage.script(papers).await?, "0", "no tick is left");
        assert_eq!(stage.script("return document.getElementById('keep').value").await?, "");
        assert!(stage.driver.find_all(By::Css(".line")).await?.is_empty());

        // A broken file changes nothing, a whole one brings all back.
        choose(stage, &file[..file.len() / 2]).await?;
        says(stage, "文件损坏或被改过").await?;
        choose(stage, &file.replace("\"version\": 1", "\"version\": 9")).await?;
        says(stage, "这个文件是新版本存的").await?;
        choose(stage, &file).await?;
        says(stage, "文件已打开").await?;
        assert_eq!(stage.script(ticked).await?, "true");
        Ok(())
    });
}

#[test]
fn what_was_to_be_kept_for_an_hour_is_gone_after_it_on_any_page() {
    play(plain(), async |stage| {
        stage.open("#/en/cardholder/kit").await?;
        stage.until("the page is there", "return document.getElementById('keep') !== null").await?;
        fill(stage, "keep", "hour").await?;
        let left = "return String(Math.round((Number(localStorage.getItem('pos-aid-kept-kit').split('\\n')[0]) - Date.now()) / 60000))";
        assert_eq!(stage.script(left).await?, "60", "minutes from now");
        let over = "const kept = localStorage.getItem('pos-aid-kept-kit').split('\\n'); kept[0] = String(Date.now() - 1);
            localStorage.setItem('pos-aid-kept-kit', kept.join('\\n'));";
        stage.driver.execute(over, vec![]).await?;
        stage.open("#/en/cardholder").await?;
        assert_eq!(
            stage.script("return String(localStorage.getItem('pos-aid-kept-kit'))").await?,
            "null"
        );
        Ok(())
    });
}
