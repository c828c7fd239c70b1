import Foundation
import Testing

/// The report in a real browser: no error, no request, and everything on it works. Needs Chromium (`make test-page` installs it).
@Suite(.enabled(if: Browser.path != nil, "Chromium is not installed: `make test-page` installs it"), .serialized)
struct BrowserTests {
    /// A folder with the result of a balance.
    private func report(_ arguments: [String] = [], json: String = SmallDistrict.json) throws -> Folder {
        let folder = try Folder()
        try folder.write(json, to: "net.json")
        let run = try Program.run(["balance", "net.json", "--out", "out"] + arguments, in: folder)
        try #require(run.status == 0, "\(run.messages)")
        return folder
    }

    /// Opens a page with a probe at its end that fills `found`, and gives that back; faults of the page are in `faults`.
    private func probe(_ file: String, in folder: Folder, width: Int = 1280, _ script: String) throws -> [String: Any] {
        let watch = """
            <script>const faults=[];addEventListener('error',e=>faults.push(e.message));
            addEventListener('unhandledrejection',e=>faults.push(''+e.reason));
            document.addEventListener('securitypolicyviolation',e=>faults.push(e.violatedDirective+' '+e.blockedURI))</script>
            """
        let ask = """
            <script>{const found={};const $$=(s,r=document)=>[...r.querySelectorAll(s)],$=(s,r=document)=>r.querySelector(s);
            const input=(e,v)=>{e.value=v;e.dispatchEvent(new Event('input',{bubbles:true}));e.dispatchEvent(new Event('change',{bubbles:true}))};
            const key=(e,k)=>e.dispatchEvent(new KeyboardEvent('keydown',{key:k,bubbles:true}));
            try{\(script)}catch(e){faults.push('probe: '+e.message+' '+e.stack)}
            found.requests=performance.getEntriesByType('resource').length;found.faults=faults;
            const out=document.createElement('pre');out.id='verdict';out.textContent=encodeURIComponent(JSON.stringify(found));document.body.append(out)}</script>
            """
        let page = try folder.read(file)
        let head = try #require(page.range(of: "<title"))
        let probed = page[..<head.lowerBound] + watch + page[head.lowerBound...].replacing("</body>", with: ask + "</body>")
        try folder.write(String(probed), to: "probe.html")
        let visit = try Browser.visit("probe.html", in: folder, width: width)
        #expect(visit.console.isEmpty, "\(visit.console)")
        let verdict = try #require(visit.document.firstMatch(of: /<pre id="verdict">([^<]*)<\/pre>/)).1
        let text = try #require(String(verdict).removingPercentEncoding)
        let found = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        #expect(found["faults"] as? [String] == [])
        #expect(found["requests"] as? Int == 0)
        return found
    }

    @Test func opensWithItsPicturesAndNothingOverflows() throws {
        let folder = try report()
        for width in [1280, 390] {
            let found = try probe(
                "out/report.html", in: folder, width: width,
                """
                found.pictures=$$('main figure svg').filter(e=>e.getBoundingClientRect().width>100).length;
                found.empty=$$('main figure svg').filter(e=>!e.querySelector('path,rect,circle')).length;
                found.wide=document.documentElement.scrollWidth-innerWidth;
                found.unlabelled=$$('select,input,button').filter(e=>!e.labels?.length&&!e.getAttribute('aria-label')&&!e.textContent.trim()).length;
                """)
            // Map, pressure, section, rooms of all and of two zones, tilt, bottlenecks, heating curve.
            #expect(try #require(found["pictures"] as? Int) >= 7)
            #expect(found["empty"] as? Int == 0)
            #expect(try #require(found["wide"] as? Int) <= 0, "the page scrolls sideways at \(width)")
            #expect(found["unlabelled"] as? Int == 0)
        }
    }

    @Test(arguments: ["en", "zh"]) func languagesSwitchThereAndBack(_ language: String) throws {
        let found = try probe(
            "out/report.html", in: report(["--lang", language]),
            """
            const state=()=>({lang:document.documentElement.lang,title:document.title,headings:$$('h2').map(e=>e.textContent).join('|'),
            svg:$$('#pressureshown text').map(e=>e.textContent).join('|'),row:$('#settings tbody tr').textContent,prompt:$('#settingsfilter').placeholder});
            found.first=state();$('#language').click();found.second=state();
            input($('#pressurechoice'),'1');found.chosen=$$('#pressureshown text').map(e=>e.textContent).join('|');input($('#pressurechoice'),'0');
            $('#language').click();found.third=state();
            """)
        let states = try ["first", "second", "third"].map { try #require(found[$0] as? [String: String]) }
        func isChinese(_ text: String) -> Bool { text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }
        let (chinese, english) = language == "zh" ? (states[0], states[1]) : (states[1], states[0])
        #expect(states[0] == states[2])
        #expect(chinese["lang"] == "zh-Hans" && english["lang"] == "en")
        for part in ["title", "headings", "svg", "row", "prompt"] {
            #expect(isChinese(try #require(chinese[part])), "\(part): \(chinese[part] ?? "")")
            #expect(!isChinese(try #require(english[part])), "\(part): \(english[part] ?? "")")
        }
        // A picture that was put in after the switch speaks the language switched to.
        #expect(try isChinese(#require(found["chosen"] as? String)) == (language == "en"))
    }

    @Test func tableFiltersAndSorts() throws {
        let found = try probe(
            "out/report.html", in: report(),
            """
            const rows=()=>$$('#settings tbody tr').map(r=>[...r.cells].map(c=>c.textContent));
            found.all=rows().length;
            input($('#settingsfilter'),'b7 u2');found.filtered=rows().map(r=>r[0]);found.said=$('#settingscount').textContent;
            input($('#settingsfilter'),'nothing has this');found.none=rows().length;
            input($('#settingsfilter'),'');
            $('#settingsturn').click();found.turn=rows().map(r=>r[4]);$('#settingsturn').click();
            $('#settings thead tr').cells[6].firstElementChild.click();found.rising=rows().map(r=>+r[6]);found.sort=$('#settings thead tr').cells[6].getAttribute('aria-sort');
            $('#settings thead tr').cells[6].firstElementChild.click();found.falling=rows().map(r=>+r[6]);
            """)
        let all = try #require(found["all"] as? Int)
        let filtered = try #require(found["filtered"] as? [String])
        #expect(!filtered.isEmpty && filtered.count < all && filtered.allSatisfy { $0.hasPrefix("B7/u2") })
        #expect(try #require(found["said"] as? String).hasPrefix("\(filtered.count) of \(filtered.count)"))
        #expect(found["none"] as? Int == 0)
        #expect(try #require(found["turn"] as? [String]).allSatisfy { $0 == "yes" })
        let rising = try #require(found["rising"] as? [Double])
        #expect(rising.count == all && rising == rising.sorted() && found["sort"] as? String == "ascending")
        #expect(found["falling"] as? [Double] == rising.sorted(by: >))
    }

    @Test func mapColoursSearchesAndObeysKeys() throws {
        let found = try probe(
            "out/report.html", in: report(),
            """
            const svg=$('#mapfigure svg'),fill=()=>$$('.building',svg).map(e=>e.getAttribute('fill')).join(),box=()=>svg.viewBox.baseVal.width;
            found.whole=box();found.rooms=fill();input($('#mapstate'),'0');found.before=fill();input($('#mapstate'),'1');
            found.stroke=$$('.pipe',svg).map(e=>e.style.stroke).join('');
            input($('#mapmode'),'velocity');found.velocity=$$('.pipe',svg).every(e=>e.style.stroke!=='');
            found.legends=$$('[data-modes]').filter(e=>!e.hidden).map(e=>e.dataset.modes);
            for(const m of ['imbalance','water','change','room'])input($('#mapmode'),m);
            input($('#mapsearch'),'b8');found.found=box();found.tip=$('#tip').hidden?'':$('#tip').textContent;
            found.section=$('#sectionchoice').selectedOptions[0].textContent;found.diagram=$('#pressurechoice').selectedOptions[0].textContent;
            key(svg,'0');found.back=box();key(svg,'+');found.nearer=box();key(svg,'ArrowLeft');key(svg,'n');found.next=$$('.hit',svg).length;
            input($('#mapcircuit'),$$('#mapcircuit option').at(-1).value);found.dimmed=$$('.dim',svg).length;$('#mapall').click();
            found.lit=$$('.dim',svg).length;found.end=box();
            """)
        let whole = try #require(found["whole"] as? Double)
        #expect(found["stroke"] as? String == "" && found["velocity"] as? Bool == true)
        #expect(found["legends"] as? [String] == ["velocity"])
        #expect(try #require(found["found"] as? Double) < whole / 4)
        #expect(try #require(found["tip"] as? String).hasPrefix("B8 · west · S1"))
        #expect(try #require(found["section"] as? String).hasPrefix("B8"))
        #expect(try #require(found["diagram"] as? String).contains("S1 → B8"))
        #expect(found["back"] as? Double == whole)
        #expect(try #require(found["nearer"] as? Double) < whole)
        #expect(found["next"] as? Int == 1)
        #expect(found["dimmed"] as? Int == 1 && found["lit"] as? Int == 0 && found["end"] as? Double == whole)
    }

    @Test func sectionsAndDiagramsCanBeChosen() throws {
        let found = try probe(
            "out/report.html", in: report(),
            """
            const texts=()=>$$('#sectionfigure .cell').map(e=>e.textContent).join();
            const drawn=texts(),cells=$$('#sectionfigure .dwelling').length;found.cells=cells;
            found.hatched=$$('#sectionfigure [fill="url(#hatch)"]').length;
            input($('#sectionstate'),'0');found.changed=texts()!==drawn;input($('#sectionstate'),'1');found.same=texts()===drawn;
            const e=$('#sectionfigure .dwelling');e.dispatchEvent(new PointerEvent('pointerover',{bubbles:true}));found.tip=$('#tip').textContent;
            found.diagrams=$$('#pressurechoice option').map(o=>{input($('#pressurechoice'),o.value);return $('#pressureshown svg title').textContent});
            """)
        #expect(found["cells"] as? Int == 16)
        #expect(try #require(found["hatched"] as? Int) > 0)
        #expect(found["changed"] as? Bool == true && found["same"] as? Bool == true)
        #expect(try #require(found["tip"] as? String).contains("unit"))
        // The plant to the substation, the substation to each building.
        #expect(try Set(#require(found["diagrams"] as? [String])).count == 3)
    }

    @Test func hostileIdsStayText() throws {
        let found = try probe(
            "out/report.html", in: report(json: SmallDistrict.hostile),
            """
            found.scripts=document.scripts.length;found.images=document.images.length;
            for(const o of $$('#sectionchoice option'))input($('#sectionchoice'),o.value);
            input($('#settingsfilter'),'script');found.rows=$$('#settings tbody tr').length;
            input($('#mapsearch'),'<script>');found.after=document.scripts.length;
            """)
        // The page's two, the watch and the probe.
        #expect(found["scripts"] as? Int == 4 && found["after"] as? Int == 4 && found["images"] as? Int == 0)
        #expect(try #require(found["rows"] as? Int) > 0)
    }

    @Test func workSheetsSwitchTheirLanguage() throws {
        let found = try probe(
            "out/worksheets.html", in: report(),
            """
            found.sheets=$$('.sheet').length;found.links=$$('.index a').every(a=>$(a.getAttribute('href')));
            $('#language').click();found.chinese=$('.sheet h2').textContent;
            """)
        #expect(try #require(found["sheets"] as? Int) >= 2)
        #expect(found["links"] as? Bool == true)
        #expect(try #require(found["chinese"] as? String).contains("楼栋") || (found["chinese"] as? String)?.contains("热源") == true)
    }
}
