/// The behaviour of the report, in plain JavaScript without a library: switch of languages, map, choices, table of settings.
///
/// The page is readable without it; pictures and first rows are in the document.
enum PageScript {
    /// The script.
    static let report = [languages, basics, map, choices, settings, start].joined(separator: "\n")

    /// The script of a page that can do no more than switch its language.
    static let languageOnly = languages + "\n$('#language').onclick=()=>{swap(document);lang=1-lang;root.lang=lang?'zh-Hans':'en'}"

    private static let languages = #"""
        'use strict';
        const $=(s,r=document)=>r.querySelector(s),$$=(s,r=document)=>[...r.querySelectorAll(s)];
        const root=document.documentElement;
        let lang=root.lang==='en'?0:1;
        function swap(within){
        for(const e of $$('[data-o]',within)){const t=e.dataset.o;e.dataset.o=e.textContent;e.textContent=t}
        for(const [name,attribute] of [['ol','aria-label'],['op','placeholder']])
        for(const e of $$('[data-'+name+']',within)){const t=e.dataset[name];e.dataset[name]=e.getAttribute(attribute);e.setAttribute(attribute,t)}
        for(const e of $$('template',within))swap(e.content)}
        """#

    private static let basics = #"""
        const D=JSON.parse(document.getElementById('data').textContent),tip=$('#tip');
        const T=k=>D.t[k][lang];
        const fix=(v,d)=>v==null?'–':v.toFixed(d).replace(/^-(?=.*[1-9])/,'−').replace(/^-/,'');
        const turns=v=>fix(v,1)+' °C';
        const pair=(a,b,f)=>D.before?f(a)+' → '+f(b):f(b);
        const colour=(scale,v)=>{if(v==null)return D.none;const i=scale.e.findIndex(x=>v<x);return scale.c[i<0?scale.e.length:i]};
        function hideTip(){tip.hidden=true}
        function showTip(text,box){tip.textContent=text;tip.hidden=false;
        const w=tip.offsetWidth,h=tip.offsetHeight;
        let x=box.right+8,y=box.top;if(x+w>innerWidth-4)x=Math.max(4,box.left-w-8);
        tip.style.left=Math.max(4,Math.min(x,innerWidth-w-4))+'px';tip.style.top=Math.max(4,Math.min(y,innerHeight-h-4))+'px'}
        document.addEventListener('keydown',e=>{if(e.key==='Escape')hideTip()});
        addEventListener('scroll',hideTip,{passive:true});
        """#

    private static let map = #"""
        const svg=$('#mapfigure svg');
        let paintMap=()=>{},chooseBuilding=()=>{};
        if(svg){
        const B=$$('.building',svg),P=$$('.pipe',svg),S=$$('.substation',svg),groups=$$('.circuit',svg);
        const mode=$('#mapmode'),state=$('#mapstate'),circuit=$('#mapcircuit'),search=$('#mapsearch');
        const items=[...B.map((e,i)=>({e,id:D.b[D.mb[i]][0],kind:'b',i:D.mb[i]})),...S.map((e,i)=>({e,id:D.s[i][0],kind:'s',i})),...P.map((e,i)=>({e,id:D.p[i][0],kind:'p',i}))];
        const of=new Map(items.map(x=>[x.e,x]));
        const lines=x=>{
        if(x.kind==='b'){const b=D.b[x.i];return [b[0]+' · '+D.zones[b[1]]+(b[2]<0?'':' · '+D.subs[b[2]]),T('open')+': '+b[3]+' / '+b[4],T('room')+': '+pair(b[5],b[6],turns),T('coldest')+': '+pair(b[7],b[8],turns),T('degree')+': '+pair(b[9],b[10],v=>fix(v,2))]}
        if(x.kind==='s'){const s=D.s[x.i];return [T('substation')+' '+s[0],T('heat')+': '+pair(s[1],s[2],v=>fix(v,0)+' kW'),T('primaryFlow')+': '+pair(s[3],s[4],v=>fix(v,1)+' t/h'),T('secondary')+': '+turns(s[5])+' / '+turns(s[6])]}
        const p=D.p[x.i];return [p[0],'⌀ '+fix(p[1],0)+' mm · '+fix(p[2],0)+' m',T('velocity')+': '+pair(p[3],p[4],v=>fix(v,2)+' m/s'),T('friction')+': '+fix(p[5],0)+' Pa/m',T('water')+': '+turns(p[6])]};
        const tell=x=>showTip(lines(x).join('\n'),x.e.getBoundingClientRect());
        paintMap=()=>{const m=mode.value,a=state?+state.value:1;
        B.forEach((e,i)=>{const b=D.b[D.mb[i]];e.setAttribute('fill',m==='room'?colour(D.scales.room,b[5+a]):m==='imbalance'?colour(D.scales.imbalance,b[9+a]):m==='change'?colour(D.scales.roomChange,b[5]==null||b[6]==null?null:b[6]-b[5]):'#fff')});
        P.forEach((e,i)=>{const p=D.p[i],v=m==='velocity'?colour(D.scales.velocity,p[3+a]):m==='water'?colour(D.scales.water,p[6]):m==='change'?colour(D.scales.flowChange,p[3]&&p[4]!=null?p[4]/p[3]:null):'';e.style.stroke=v;e.style.strokeWidth=v?2.5:''});
        for(const e of $$('[data-modes]'))e.hidden=!e.dataset.modes.split(' ').includes(m)};
        const full={x:0,y:0,w:svg.viewBox.baseVal.width,h:svg.viewBox.baseVal.height};let view={...full};
        const look=v=>{const w=Math.min(full.w,Math.max(full.w/60,v.w)),h=w*full.h/full.w;
        view={w,h,x:Math.min(full.w-w,Math.max(0,v.x+(v.w-w)/2)),y:Math.min(full.h-h,Math.max(0,v.y+(v.h-h)/2))};
        svg.setAttribute('viewBox',[view.x,view.y,view.w,view.h].map(n=>n.toFixed(2)).join(' '));
        svg.style.setProperty('--z',full.w/w);svg.classList.toggle('zoomed',w<full.w)};
        const zoom=(f,px=.5,py=.5)=>look({x:view.x+view.w*px*(1-1/f)+0,y:view.y+view.h*py*(1-1/f),w:view.w/f,h:view.h/f});
        const pan=(dx,dy)=>look({...view,x:view.x+dx*view.w,y:view.y+dy*view.h});
        const seek=(box,k=1.3)=>{const w=Math.max(box.width*k,box.height*k*full.w/full.h,full.w/12),h=w*full.h/full.w;look({x:box.x+box.width/2-w/2,y:box.y+box.height/2-h/2,w,h})};
        let hit;const mark=x=>{hit?.e.classList.remove('hit');hit=x;x?.e.classList.add('hit')};
        const find=x=>{mark(x);const b=x.e.getBBox();look({x:b.x+b.width/2-full.w/12,y:b.y+b.height/2-full.h/12,w:full.w/6,h:full.h/6});tell(x)};
        $('#mapin').onclick=()=>zoom(1.5);$('#mapout').onclick=()=>zoom(1/1.5);
        $('#mapall').onclick=()=>{circuit.value='';dim();mark();hideTip();look(full)};
        mode.onchange=paintMap;if(state)state.onchange=paintMap;
        const dim=()=>{const c=circuit.value;for(const g of groups)g.classList.toggle('dim',c!==''&&g.dataset.c!==c)};
        circuit.onchange=()=>{dim();const g=groups.find(g=>g.dataset.c===circuit.value);g?seek(g.getBBox()):look(full)};
        search.onchange=()=>{const q=search.value.trim().toLowerCase();if(!q)return;
        const x=items.find(x=>x.id.toLowerCase()===q)??items.find(x=>x.id.toLowerCase().includes(q));
        search.setAttribute('aria-invalid',!x);if(x){find(x);if(x.kind==='b')chooseBuilding(x.i)}};
        svg.addEventListener('pointerover',e=>{const x=of.get(e.target);x?tell(x):hideTip()});
        svg.addEventListener('pointerleave',hideTip);
        let from=null,moved=0;const fingers=new Map();
        svg.addEventListener('pointerdown',e=>{fingers.set(e.pointerId,e);from={x:e.clientX,y:e.clientY};moved=0});
        svg.addEventListener('pointermove',e=>{if(!fingers.has(e.pointerId))return;const r=svg.getBoundingClientRect();
        if(fingers.size===2){const [a,b]=[...fingers.values()],d0=Math.hypot(a.clientX-b.clientX,a.clientY-b.clientY);fingers.set(e.pointerId,e);
        const [c,d]=[...fingers.values()],d1=Math.hypot(c.clientX-d.clientX,c.clientY-d.clientY);if(d0>0)zoom(d1/d0,((c.clientX+d.clientX)/2-r.left)/r.width,((c.clientY+d.clientY)/2-r.top)/r.height);return}
        fingers.set(e.pointerId,e);if(!from||e.pointerType==='touch'&&view.w>=full.w)return;
        moved+=Math.abs(e.clientX-from.x)+Math.abs(e.clientY-from.y);pan((from.x-e.clientX)/r.width,(from.y-e.clientY)/r.height);from={x:e.clientX,y:e.clientY}});
        for(const n of ['pointerup','pointercancel','pointerleave'])svg.addEventListener(n,e=>{fingers.delete(e.pointerId);from=null});
        svg.addEventListener('click',e=>{const x=of.get(e.target);if(x&&moved<6){mark(x);tell(x);if(x.kind==='b')chooseBuilding(x.i)}});
        svg.addEventListener('wheel',e=>{if(!e.ctrlKey&&document.activeElement!==svg)return;e.preventDefault();const r=svg.getBoundingClientRect();
        zoom(e.deltaY<0?1.25:.8,(e.clientX-r.left)/r.width,(e.clientY-r.top)/r.height)},{passive:false});
        svg.addEventListener('keydown',e=>{const step={ArrowLeft:[-.1,0],ArrowRight:[.1,0],ArrowUp:[0,-.1],ArrowDown:[0,.1]}[e.key];
        if(step)pan(...step);else if(e.key==='+'||e.key==='=')zoom(1.5);else if(e.key==='-')zoom(1/1.5);else if(e.key==='0')$('#mapall').click();
        else if((e.key==='n'||e.key==='p')&&items.length){const i=items.indexOf(hit);find(items[(i+(e.key==='n'?1:items.length-(i<0?0:1)))%items.length])}
        else if(e.key==='Enter'&&hit?.kind==='b')chooseBuilding(hit.i);else return;e.preventDefault()})}
        """#

    private static let choices = #"""
        const pressure=$('#pressurechoice');
        if(pressure)pressure.onchange=()=>{const t=document.getElementById('pd'+pressure.value);if(t)$('#pressureshown').replaceChildren(t.content.cloneNode(true))};
        const section=$('#sectionchoice'),R=D.rooms;
        function drawSection(){
        if(!section)return;const k=+section.value,b=D.b[k],shape=R.shapes[R.shape[k]],figure=$('#sectionfigure');
        if(figure.dataset.shape!==''+R.shape[k]){figure.replaceChildren($('#shape'+R.shape[k]).content.cloneNode(true));figure.dataset.shape=R.shape[k]}
        const state=$('#sectionstate'),values=state&&state.value==='0'?R.before:R.after,first=R.first[k],texts=$$('.cell',figure);
        figure.setAttribute('aria-label',b[0]);
        $$('.dwelling',figure).forEach((e,i)=>{const n=first+i,v=values[n]==null?null:values[n]/10,s=R.state[n],promised=R.targets[n]??R.promised;
        const closed=s==='c';e.setAttribute('fill',closed?'url(#hatch)':colour(D.scales.room,v==null?null:v-promised+R.promised));
        if(texts[i]){texts[i].textContent=closed||v==null?'':fix(v,1);texts[i].setAttribute('class',v<promised-4?'cell light':'cell')}
        e.dataset.k=n;e.classList.toggle('restricted',s==='r')});
        figure.dataset.building=k;
        const at=(values,n)=>values&&values[n]!=null?turns(values[n]/10):'–';
        figure.onpointerover=e=>{const n=e.target.dataset?.k;if(n==null){hideTip();return}const p=shape.slice(3*(n-first),3*(n-first)+3);
        showTip(b[0]+' · '+T('unit')+' '+p[0]+' · '+T('floor')+' '+p[1]+' · '+T('door')+' '+p[2]+'\n'+T('room')+': '+(D.before?at(R.before,n)+' → ':'')+at(R.after,n)+({c:'\n'+T('closed'),r:'\n'+T('restricted')}[R.state[n]]??''),e.target.getBoundingClientRect())};
        figure.onpointerleave=hideTip}
        if(section){section.onchange=drawSection;const s=$('#sectionstate');if(s)s.onchange=drawSection}
        chooseBuilding=k=>{const id=D.b[k][0];
        if(section&&[...section.options].some(o=>o.value===''+k)){section.value=k;drawSection()}
        if(pressure){const o=[...pressure.options].find(o=>o.dataset.consumer===id);if(o){pressure.value=o.value;pressure.onchange()}}};
        """#

    private static let settings = #"""
        const table=$('#settings');
        if(table){
        const body=table.tBodies[0],heads=[...table.tHead.rows[0].cells],more=$('#settingsmore'),count=$('#settingscount'),filter=$('#settingsfilter'),turn=$('#settingsturn');
        const digits=[,,,,,3,3,1,2],order=new Intl.Collator(undefined,{numeric:true});
        const show=(r,c)=>c===1?r[1]<0?'–':D.products[r[1]]:c===4?T(r[4]?'yes':'no'):c===9?[...r[9]].map(n=>D.notes[n.charCodeAt(0)-97][lang]).join('; '):c>4?fix(r[c],digits[c]):r[c]===''?'–':r[c];
        const numeric=v=>typeof v==='number';
        let sort=null,falling=false,limit=100,touched=false,said=null,saidLang;
        const texts=()=>{if(!said||saidLang!==lang){saidLang=lang;said=D.v.map(r=>r.map((_,c)=>show(r,c)).join(' ').toLowerCase())}return said};
        function list(){touched=true;
        const words=filter.value.toLowerCase().split(/\s+/).filter(w=>w),all=words.length?texts():null;
        let rows=[];D.v.forEach((r,i)=>{if((!turn.checked||r[4])&&words.every(w=>all[i].includes(w)))rows.push(r)});
        if(sort!==null){const key=r=>sort===1?show(r,1):sort===9?show(r,9):r[sort];
        const by=(a,b)=>{const x=key(a),y=key(b);if(x==null||y==null)return (x==null)-(y==null);
        return (falling?-1:1)*(numeric(x)&&numeric(y)?x-y:order.compare(x,y))};rows=[...rows].sort(by)}
        const made=document.createDocumentFragment();
        for(const r of rows.slice(0,limit)){const tr=document.createElement('tr');
        for(let c=0;c<heads.length;c++){const td=document.createElement('td');td.textContent=show(r,c);if(heads[c].className)td.className=heads[c].className;tr.append(td)}made.append(tr)}
        body.replaceChildren(made);tell(rows.length)}
        function tell(n){count.textContent=T('rows').replace('{0}',Math.min(limit,n)).replace('{1}',n);more.hidden=n<=limit}
        filter.oninput=turn.onchange=()=>{limit=100;list()};
        more.onclick=()=>{limit+=400;list()};
        heads.forEach((th,c)=>th.firstElementChild.onclick=()=>{falling=sort===c&&!falling;sort=c;
        heads.forEach(h=>h.removeAttribute('aria-sort'));th.setAttribute('aria-sort',falling?'descending':'ascending');list()});
        table.relist=()=>touched?list():tell(D.v.length);table.relist()}
        """#

    private static let start = #"""
        $('#language').onclick=()=>{swap(document);lang=1-lang;root.lang=lang?'zh-Hans':'en';hideTip();
        if(section)drawSection();table?.relist()};
        paintMap();drawSection();
        """#
}
