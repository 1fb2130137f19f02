//! The main path behind a real web server, with the sample configuration of `hosting/`.

use browser_tests::{Wishes, play};

#[test]
fn the_app_runs_as_a_host_serves_it() {
    let host = std::env::var("POS_AID_HOST").expect("run it with cargo xtask test");
    play(Wishes::default(), async |stage| {
        stage.address = host.clone();
        stage.open("#/en/staff/card-removal").await?;
        let first = stage.heading().await?;
        stage
            .driver
            .execute("document.querySelector('#app main .choices a').click()", vec![])
            .await?;
        let next = format!(
            "return document.querySelector('#app h1').innerText !== {}",
            serde_json::json!(first)
        );
        stage.until("the next step", &next).await?;
        stage.driver.execute("location.hash = '#/zh-CN/staff/guide/payment-fails'", vec![]).await?;
        stage.until("a guide", "return document.querySelector('#app .checklist') !== null").await?;
        // A page that was made beforehand.
        stage.driver.goto(format!("{host}en/cardholder/cause/chip-dirty/")).await?;
        stage.ready().await?;
        assert_eq!(stage.heading().await?, "The chip on the card is dirty");
        Ok(())
    });
}
