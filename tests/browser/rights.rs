//! Rights end to end: from what happened to a deadline and a letter.

use browser_tests::{By, Stage, WebDriverResult, Wishes, play};

fn plain() -> Wishes {
    // The rights of a place are loaded when somebody opens them: requests after load, to ourselves.
    Wishes { later: vec!["claims-", "rights-"], ..Wishes::default() }
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
