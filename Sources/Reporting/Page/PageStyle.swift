/// How the report looks on a screen, a phone and paper.
enum PageStyle {
    /// The rules shared by all pages.
    static let common = """
        body{margin:0;font:16px/1.5 system-ui,"Noto Sans","Noto Sans CJK SC","Microsoft YaHei",sans-serif;color:#222;background:#fff}
        main{max-width:68rem;margin:0 auto;padding:.5rem 1rem}
        h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}
        h2{font-size:1.25rem;margin:2.4rem 0 .5rem;border-bottom:2px solid #0072b2;padding-bottom:.2rem;scroll-margin-top:3rem}
        h3{font-size:1rem;margin:1.2rem 0 .3rem}
        header p{color:#444;margin:.3rem 0}
        .note{color:#555;font-size:.875rem;margin:.4rem 0;max-width:52rem}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;font-size:.875rem;min-width:50%}
        th,td{padding:.3rem .8rem .3rem 0;text-align:left;border-bottom:1px solid #e8e8e8;vertical-align:top}
        th{font-weight:600;border-bottom:1px solid #888;vertical-align:bottom}
        .n{text-align:right;font-variant-numeric:tabular-nums}td.n{white-space:nowrap}
        .defs{position:absolute}
        """

    /// The rules of the report.
    static let report =
        common + """

            nav{position:sticky;top:0;z-index:5;background:#f4f6f8;border-bottom:1px solid #ccd;display:flex;gap:.8rem;padding:.3rem 1rem;font-size:.85rem;align-items:center}
            nav div{display:flex;gap:.9rem;overflow-x:auto;white-space:nowrap;flex:1;padding:.25rem 0}
            nav a{color:#084c7c;text-decoration:none}nav a:hover{text-decoration:underline}
            #language{flex:none}
            button,select,input{font:inherit;font-size:.875rem;padding:.25rem .5rem;border:1px solid #888;border-radius:4px;background:#fff;max-width:100%;box-sizing:border-box}
            button:hover{background:#eef}
            :focus-visible{outline:3px solid #e69f00;outline-offset:1px}
            .cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(10.2rem,1fr));gap:.6rem;margin:.8rem 0;padding:0;list-style:none}
            .cards li{border:1px solid #ccd;border-radius:6px;padding:.5rem .7rem;background:#fafbfc}
            .cards span{display:block;font-size:.8rem;color:#444;text-wrap:balance}.cards li{display:flex;flex-direction:column}.cards strong{margin-top:auto}
            .cards strong{font-size:1.35rem;font-variant-numeric:tabular-nums;white-space:nowrap}
            .cards em{font-style:normal;color:#666;font-size:.85rem;display:block;font-variant-numeric:tabular-nums}
            #settings{min-width:100%}#settings th{white-space:normal;min-width:3.2rem}#settings td:nth-child(2){white-space:nowrap}#settings td:last-child{min-width:11rem}
            .headline td:nth-child(3){font-weight:600}
            .hash td:last-child{font-family:ui-monospace,monospace;font-size:.75rem;overflow-wrap:anywhere}
            figure{margin:.8rem 0;overflow-x:auto}
            figure svg{width:100%;height:auto;display:block;min-width:40rem}
            figure.own svg{width:auto;min-width:0;max-width:none}
            .small{display:grid;grid-template-columns:repeat(auto-fill,minmax(20rem,1fr));gap:.4rem 1rem}
            .small figure{margin:0}.small svg{min-width:0}.small h3{margin:.6rem 0 0}
            .controls{display:flex;flex-wrap:wrap;gap:.4rem .8rem;align-items:center;margin:.6rem 0;font-size:.875rem}
            .legend{display:flex;flex-wrap:wrap;gap:.2rem .9rem;font-size:.8rem;padding:0;margin:.2rem 0 .4rem;list-style:none}
            .legend i{display:inline-block;width:1em;height:1em;margin-right:.35em;vertical-align:-.15em;border:1px solid #888}
            .legendname{font-size:.8rem;font-weight:600}
            .verdicts{list-style:none;padding:0;font-size:.875rem;margin:.4rem 0}
            .kept::before{content:"✓ ";color:#0072b2;font-weight:700}.broken::before{content:"✗ ";color:#b2182b;font-weight:700}
            #mapfigure{border:1px solid #dde;border-radius:6px;overflow:hidden;position:relative}
            #mapfigure svg{min-width:0;touch-action:pan-y;cursor:grab;max-height:85vh}
            #mapfigure svg.zoomed{touch-action:none}
            #mapfigure text{font-size:calc(12px/var(--z,1));stroke-width:calc(3px/var(--z,1));pointer-events:none}
            #mapfigure .pipe,#mapfigure .building,#mapfigure .plant{vector-effect:non-scaling-stroke}
            #mapfigure .dim{opacity:.13}
            #mapfigure .hit{stroke:#e6007a;stroke-width:4;paint-order:stroke}
            #tip{position:fixed;z-index:9;pointer-events:none;background:#fff;border:1px solid #555;border-radius:5px;padding:.35rem .6rem;font-size:.8rem;box-shadow:0 2px 8px #0004;max-width:20rem;white-space:pre-line;font-variant-numeric:tabular-nums}
            #tip[hidden]{display:none}
            th button{border:0;background:none;padding:0;font-weight:600;text-align:inherit;cursor:pointer}
            th button::after{content:" ↕";color:#999}th[aria-sort=ascending] button::after{content:" ↑";color:#0072b2}th[aria-sort=descending] button::after{content:" ↓";color:#0072b2}
            footer{margin:2.5rem 0 1rem;color:#666;font-size:.8rem}
            @media(max-width:40rem){#mapfigure text{font-size:calc(22px/var(--z,1))}main{padding:.3rem .6rem}h1{font-size:1.3rem}.cards{grid-template-columns:repeat(2,1fr)}figure svg{min-width:34rem}}
            @media print{@page{margin:14mm 12mm}body{font-size:10.5pt}main{max-width:none;padding:0}nav,.controls{display:none}h2,h3,.legend,.legendname,[data-modes],nav+*{break-after:avoid}h2{margin-top:1.4rem}#mapfigure svg{max-height:52vh}figure,tr,.cards li{break-inside:avoid}figure svg{min-width:0;max-height:none}figure.own svg{max-width:100%;height:auto}figure,.scroll{overflow:visible}#settings tbody tr:nth-child(n+101){display:none}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}}
            \(Drawing.style)
            """
}
