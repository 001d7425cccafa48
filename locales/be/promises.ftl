promises-letter = Ліст { $number }, { $day }
promises-answer-which = <b>{ $name }</b>: прыйшоў адказ! На які з вашых лістоў? Калі незразумела — нічога страшнага.
promises-answer-noted = Адзначана. Як добра. Калі хочацца, напішыце ў адказ хутчэй.
promises-back-which = <b>{ $name }</b>: які ліст вярнуўся?
promises-back-no-letters = <b>{ $name }</b>: спачатку націсніце «Ліст напісаны», калі ліст у дарозе; тады можна будзе сказаць, што ён вярнуўся.
promises-back-none = <b>{ $name }</b>: пра кожны ваш ліст ужо вядома, што на яго адказалі або што ён вярнуўся.
promises-back-noted = Адзначана. Ліст, які вярнуўся, таксама пра нешта кажа: каардынатары ўбачаць толькі лік, без вашага імя.
promises-pause = <b>{ $name }</b>: на які час паўза? Напамінаў пра ліст пакуль не будзе; навіны і даты судоў будуць прыходзіць.
promises-paused = Адзначана. Добрага адпачынку.
promises-resumed = З вяртаннем.
button-promises-answer = Прыйшоў адказ
button-promises-back = Ліст вярнуўся
button-promises-which-unknown = Незразумела, на які
button-promises-pause = Паўза
button-promises-pause-weeks =
    { $weeks ->
        [one] { $weeks } тыдзень
        [few] { $weeks } тыдні
       *[many] { $weeks } тыдняў
    }
button-promises-pause-open = Пакуль не скажу
button-promises-resume = Працягнуць
guardian-paused = Паўза. Напамінаў пра ліст не будзе, пакуль вы не скажаце.
guardian-paused-until = Паўза да { $day }.
notices-letter-pause = Апошнія напаміны засталіся без адказу. Так бывае. Зрабіць паўзу?
notices-handed-over =
    Аднаму з тых, з кім вы былі поруч, цяпер піша нехта іншы, і ваша абяцанне на гэтым скончана.

    Дзякуй за кожны ліст. Калі зноў зможаце пісаць, знойдзецца той, хто чакае ліста.
