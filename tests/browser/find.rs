//! The look-up end to end: the search box, what it finds, what it hides, and sentences for the other
//! side of the counter.

use browser_tests::{By, Key, Stage, WebDriverResult, Wishes, copy_of_dist, play};

fn plain() -> Wishes {
    Wishes::default()
}

async fn type_in(stage: &Stage, text: &str) -> WebDriverResult<()> {
    let input = stage.driver.find(By::Id("find")).await?;
    input.click().await?;
    input.send_keys(text).await?;
    stage.settled().await
}

/// What pasting does, without the clipboard of the machine.
async fn paste(stage: &Stage, text: &str) -> WebDriverResult<()> {
    let script = "const input = document.getElementById('find'); input.focus(); input.value = arguments[0];
        input.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertFromPaste' }));";
    stage.driver.execute(script, vec![text.into()]).await?;
    stage.settled().await
}

async fn box_holds(stage: &Stage) -> WebDriverResult<String> {
    stage.script("return document.getElementById('find').value").await
}

#[test]
fn words_typed_in_any_way_lead_to_the_message_and_on_to_its_causes() {
    play(plain(), async |stage| {
        for (lang, typed) in
            [("zh-CN", "bachukashibai"), ("en", "CARD REMOVAL FAILED"), ("en", "bcksb")]
        {
            stage.open(&format!("#/{lang}/staff")).await?;
            type_in(stage, typed).await?;
            assert_eq!(box_holds(stage).await?, typed);
            let focused = stage.script("return document.activeElement.id").await?;
            assert_eq!(focused, "find", "what is found takes no focus from the box");
            let said = stage.script("return document.querySelector('.said').innerText").await?;
            assert!(said.chars().any(|c| c.is_ascii_digit()), "the count is told: {said}");
            // Enter goes to the first result, Enter again opens it.
            stage.driver.active_element().await?.send_keys(Key::Enter + "").await?;
            let first = stage.script("return document.activeElement.getAttribute('href')").await?;
            assert!(first.ends_with("/message/removal-failed"), "{typed}: {first}");
            stage.driver.active_element().await?.send_keys(Key::Enter + "").await?;
            stage.arrived(&first).await?;
            assert!(!stage.driver.find_all(By::Css("#app .money")).await?.is_empty());
            stage.follow("/shown.message.removal-failed").await?;
            assert!(stage.text().await?.contains(if lang == "en" {
                "answers (1)"
            } else {
                "（1）"
            }));
            // The words limit the causes: a reload must not lose them.
            let asked = stage.heading().await?;
            stage.driver.refresh().await?;
            stage.ready().await?;
            assert_eq!(stage.heading().await?, asked);
            // Back through the message to what was found.
            stage.driver.back().await?;
            stage.driver.back().await?;
            stage.settled().await?;
            assert_eq!(box_holds(stage).await?, typed);
            assert!(!stage.driver.find_all(By::Css("#app .result")).await?.is_empty());
        }
        Ok(())
    });
}

#[test]
fn back_from_the_first_letter_leads_to_the_start() {
    play(plain(), async |stage| {
        stage.open("#/en/cardholder").await?;
        type_in(stage, "stuck").await?;
        assert_eq!(stage.fragment().await?, "#/en/cardholder/find/stuck");
        stage.driver.find(By::Id("back")).await?.click().await?;
        stage.arrived("#/en/cardholder").await?;
        assert_eq!(box_holds(stage).await?, "");
        // The other language finds for the same words.
        type_in(stage, "stuck").await?;
        stage.driver.find(By::Css("#app .language")).await?.click().await?;
        stage.arrived("#/zh-CN/cardholder/find/stuck").await?;
        assert_eq!(box_holds(stage).await?, "stuck");
        assert!(
            stage
                .script("return document.querySelector('.result').innerText")
                .await?
                .contains('卡')
        );
        Ok(())
    });
}

#[test]
fn a_card_number_is_hidden_wherever_it_comes_from() {
    let nowhere = async |stage: &Stage| -> WebDriverResult<()> {
        let everything = stage
            .script("return [location.href, JSON.stringify(history.state), document.title, document.documentElement.outerHTML, document.getElementById('find').value, JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage })].join(' ')")
            .await?;
        let digits: String = everything.chars().filter(|c| c.is_ascii_digit()).collect();
        assert!(!digits.contains("411111111"), "{everything}");
        let notice = stage.driver.find(By::Css("#app .notice")).await?.text().await?;
        assert!(notice.contains("card number") && notice.contains("merchant"), "{notice}");
        Ok(())
    };
    play(plain(), async |stage| {
        stage.open("#/en/cardholder").await?;
        type_in(stage, "4111111111111111").await?;
        nowhere(stage).await?;
        stage.open("#/en/cardholder").await?;
        paste(stage, "my card 4111-1111-1111-1111 is stuck").await?;
        nowhere(stage).await?;
        assert!(box_holds(stage).await?.starts_with("my card ••••"), "the words around it stay");
        assert!(!stage.driver.find_all(By::Css("#app .result")).await?.is_empty());
        // As somebody else's link: what the address says at first is not ours, what is shown is.
        stage.open("#/en/cardholder/find/4111111111111111").await?;
        let shown = box_holds(stage).await?;
        assert!(shown.contains('•') && !shown.contains("4111111"), "{shown}");
        nowhere(stage).await?;
        // A merchant number is none, and one that is told to be one stays.
        paste(stage, "898310148160568").await?;
        assert!(stage.driver.find_all(By::Css("#app .notice")).await?.is_empty());
        assert_eq!(box_holds(stage).await?, "898310148160568");
        paste(stage, "merchant 4111111111111111").await?;
        assert_eq!(box_holds(stage).await?, "merchant 4111111111111111");
        Ok(())
    });
}

#[test]
fn whatever_is_pasted_the_page_stays_whole() {
    play(plain(), async |stage| {
        stage.open("#/en/cardholder").await?;
        for pasted in [
            "😀💳🔥".to_string(),
            "\u{202e}kcuts drac\u{202c} \u{0627}\u{0644}".into(),
            "<img src=x onerror=\"document.title='x'\">".into(),
            "\u{1}\u{7f}\u{feff}".into(),
            "qzxv".repeat(2_500),
        ] {
            paste(stage, &pasted).await?;
            assert!(stage.driver.find_all(By::Css("#app img")).await?.is_empty());
            assert_eq!(stage.driver.find_all(By::Css("#app #find")).await?.len(), 1);
            let said = stage.text().await?;
            let helps = said.contains("The exact words")
                || said.contains("Found:")
                || said.contains("For example");
            assert!(helps, "{said}");
            assert!(stage.fragment().await?.len() < 2_000, "nothing endless in the address");
        }
        // A lone surrogate, which only a script can make.
        stage.script("const i = document.getElementById('find'); i.value = 'card \\ud83d stuck'; i.dispatchEvent(new InputEvent('input', { bubbles: true }))").await?;
        stage.settled().await?;
        assert!(!stage.driver.find_all(By::Css("#app .result")).await?.is_empty());
        Ok(())
    });
}

#[test]
fn where_tables_disagree_every_reading_of_a_code_is_shown() {
    play(plain(), async |stage| {
        stage.open("#/en/staff").await?;
        type_in(stage, "a2").await?;
        stage.follow("/code/unionpay-a2").await?;
        let said = stage.text().await?;
        assert!(said.contains("Which table does yours use?"), "{said}");
        assert!(said.contains("Only after the last payment was looked up"), "{said}");
        stage.follow("/code/acquirer-a2").await?;
        assert!(stage.text().await?.contains("may have gone through"));
        Ok(())
    });
}

#[test]
fn three_taps_lead_from_the_start_to_a_sentence_for_the_cashier() {
    play(plain(), async |stage| {
        stage.open("#/en/cardholder").await?;
        stage.follow("/now").await?;
        stage.follow("/now/stuck-card").await?;
        let said = stage.text().await?;
        for part in
            ["Has money moved?", "May I pay again?", "Say this", "Keep these", "What comes next"]
        {
            assert!(said.contains(part), "{part}: {said}");
        }
        stage.follow("/say/no-tools").await?;
        let large = stage.driver.find(By::Id("large")).await?;
        assert_eq!(large.attr("lang").await?.as_deref(), Some("zh-CN"));
        assert!(large.text().await?.contains("卡住"), "{}", large.text().await?);
        stage.follow("/swapped").await?;
        let large = stage.driver.find(By::Id("large")).await?;
        assert_eq!(large.attr("lang").await?.as_deref(), Some("en"));
        Ok(())
    });
}

#[test]
fn a_sentence_is_read_aloud_only_with_a_voice_on_the_device() {
    let voices = |lang: &str, local: bool| {
        format!(
            "window.spoken = []; window.SpeechSynthesisUtterance = class {{ constructor(text) {{ this.text = text; }} }};
             Object.defineProperty(window, 'speechSynthesis', {{ configurable: true, value: {{
               getVoices: () => [{{ lang: '{lang}', localService: {local}, name: 'a voice' }}],
               speak: (u) => spoken.push(u.text), cancel: () => spoken.push('') }} }});"
        )
    };
    let hidden =
        async |stage: &Stage| stage.script("return document.getElementById('speak').hidden").await;
    play(plain(), async |stage| {
        for (lang, local, shown) in
            [("zh_CN", true, true), ("zh-CN", false, false), ("en-GB", true, false)]
        {
            stage.open("#/en/cardholder/say").await?;
            stage.driver.execute(&voices(lang, local), vec![]).await?;
            stage.follow("/say/look-up-first").await?;
            assert_eq!(hidden(stage).await? == "false", shown, "{lang} {local}");
            if shown {
                stage.driver.find(By::Id("speak")).await?.click().await?;
                let spoken = stage.script("return spoken.at(-1)").await?;
                let text =
                    stage.script("return document.getElementById('large').innerText").await?;
                assert_eq!(spoken, text);
                // Another page is quiet, and the other language has no voice here.
                stage.follow("/swapped").await?;
                assert_eq!(stage.script("return spoken.at(-1)").await?, "");
                assert_eq!(hidden(stage).await?, "true");
            }
        }
        Ok(())
    });
}

#[test]
fn without_the_look_up_the_rest_works_and_says_what_is_missing() {
    let dist = copy_of_dist("nolookup", |name| !name.starts_with("look-up"));
    let wishes = Wishes { dist: Some(dist.clone()), errors_expected: true, ..plain() };
    play(wishes, async |stage| {
        stage.open("#/en/cardholder/now").await?;
        assert!(stage.text().await?.contains("This part did not load"));
        stage.open("#/en/cardholder").await?;
        type_in(stage, "stuck").await?;
        assert!(stage.text().await?.contains("This part did not load"));
        // Words that nobody can look up limit nothing, and that is told.
        stage.open("#/en/staff/card-removal/shown.message.removal-failed").await?;
        assert_eq!(stage.heading().await?, "Where is the card now?");
        assert!(stage.text().await?.contains("removal-failed"));
        stage.driver.find(By::Css("#app .language")).await?.click().await?;
        stage.arrived("#/zh-CN/staff/card-removal").await?;
        Ok(())
    });
    let _ = std::fs::remove_dir_all(&dist);
}
