package acceptance

import (
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/cause"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
)

// TestPageNeedsNothing opens a page where there is no network, and then tries to
// make it ask for something: its own policy forbids that.
func TestPageNeedsNothing(t *testing.T) {
	t.Parallel()
	p := open(t, pageOf(t, explained(t, "patching")...), 1280, 800)
	p.innocent()
	for _, tt := range []struct{ name, do, want, why string }{
		{"fetch", `fetch('https://example.com/').then(() => 'came', e => 'refused')`, "refused", "nothing leaves the page"},
		{"image", `new Promise(done => { const i = new Image(); i.onload = () => done('came'); i.onerror = () => done('refused'); i.src = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=' })`, "refused", "not even one that needs no network"},
		{"script", `new Promise(done => { const s = document.createElement('script'); s.textContent = 'window.ran = true'; document.body.append(s); done(window.ran ? 'came' : 'refused') })`, "refused", "only the script of the page runs"},
		{"handler", `new Promise(done => { const b = document.createElement('button'); b.setAttribute('onclick', 'window.ran = true'); document.body.append(b); b.click(); done(window.ran ? 'came' : 'refused') })`, "refused", "the same"},
		{"style", `(() => { const d = document.createElement('div'); d.setAttribute('style', 'width: 7px'); document.body.append(d); return d.style.width === '7px' ? 'came' : 'refused' })()`, "refused", "only the style of the page"},
	} {
		require.Equal(t, tt.want, eval[string](p, tt.do), "%s: %s", tt.name, tt.why)
	}
	asked := slices.DeleteFunc(p.asked(), func(url string) bool { return strings.HasPrefix(url, "data:") }) // refused too
	require.Len(t, asked, 1, "%q", asked)
}

// asked are the requests so far.
func (p *tab) asked() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return slices.Clone(p.requests)
}

// hostile are names that come from files, and what the page shows of them.
var hostile = []struct{ name, want, why string }{
	{`</script><script>alert(1)</script>`, `</script><script>alert(1)</script>`, "markup is text, in the data too"},
	{`"><img src=x onerror=alert(1)>`, `"><img src=x onerror=alert(1)>`, "and in attributes"},
	{`it's "quoted" & <b>bold</b>`, `it's "quoted" & <b>bold</b>`, "signs stay what they are"},
	{`{{.Title}} ${1} <!-- -->`, `{{.Title}} ${1} <!-- -->`, "no template is filled in twice"},
	{"Bestellung – 注文 🎁", "Bestellung – 注文 🎁", "letters of all scripts stay"},
	{"x\u202egnp.exe\x00\n", `x\u202egnp.exe\x00\n`, "what cannot be seen is written out"},
	{"100% ?a=b#c+d/e", "100% ?a=b#c+d/e", "the signs of an address"},
	{"bad \xff bytes", `bad \xff bytes`, "no UTF-8"},
	{"__proto__", "__proto__", "a word that means something to a script"},
}

// TestPageHostile shows names that somebody has chosen to break the page.
func TestPageHostile(t *testing.T) {
	t.Parallel()
	real := explained(t, "patching")[0]
	f := *real.Family
	f.Name, f.Doc = hostile[0].name, hostile[1].name
	m := &matrix.Matrix{Family: &f}
	f.Stages = nil
	for i, h := range hostile {
		f.Stages = append(f.Stages, versioning.Stage{Name: h.name, Doc: hostile[0].name})
		row := real.Rows[i]
		row.Recording, row.Scenario, row.Lineage, row.Cells = h.name, h.name, []string{h.name}, slices.Clone(row.Cells[:1])
		c := &row.Cells[0]
		c.Result.Notes = []replay.Note{{Kind: replay.Unread, Event: 5, Name: h.name, Source: h.name, Signal: &cause.UnreadSignal{Name: h.name}}}
		c.Family, c.Recording, c.Stage = f.Name, h.name, h.name
		c.Verdict, c.Cause = replay.Nondeterministic, cause.Cause{Kind: cause.Unclassified, Failure: &cause.Failure{Text: h.name}}
		if c.Explanation != nil {
			x := *c.Explanation
			x.Retired = []replay.RetiredMarker{{ChangeID: h.name, Event: 5}}
			c.Explanation = &x
		}
		m.Rows = append(m.Rows, row)
	}
	file := pageOf(t, m)
	p := open(t, file, 1280, 800)
	require.Equal(t, 1, eval[int](p, `document.querySelectorAll('h1').length`), "the page is whole")
	require.Zero(t, eval[int](p, `document.querySelectorAll('img, b.bold, iframe').length`), "no markup came from a name")
	require.Equal(t, 2, eval[int](p, `document.scripts.length`), "data and code")
	for _, h := range hostile {
		name := hostile[0].want + "/" + h.want + "@" + h.want
		require.True(t, eval[bool](p, `byName.has(`+quoted(name)+`)`), "%s: %s", name, h.why)
		p.run(`openCell(byName.get(` + quoted(name) + `))`)
		text := eval[string](p, `panel.innerText`)
		require.Equal(t, name, eval[string](p, `$('PanelName').textContent`), h.why)
		require.GreaterOrEqual(t, strings.Count(spaced(text), spaced(h.want)), 6, "%s: %s", h.why, text)
		fragment := eval[string](p, `location.hash.slice(1)`)
		p.run(`panel.close()`)
		other := open(t, file+"#"+fragment, 1280, 800)
		require.Equal(t, name, eval[string](other, `panel.open && $('PanelName').textContent`), "the address of a cell leads to it")
		other.innocent()
	}
	links := eval[[]string](p, `[...document.querySelectorAll('.examples a')].filter(a => !byName.has(nameIn(a.hash))).map(a => a.href)`)
	require.Empty(t, links, "the links of the findings lead to cells")
	p.innocent()
}

// quoted is the text as a script has it.
func quoted(text string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(text) + "'"
}

// TestPageAccessibility reads the page as a screen reader is given it.
func TestPageAccessibility(t *testing.T) {
	t.Parallel()
	file := pageOf(t, explained(t, "patching")...)
	p := open(t, file, 1280, 3000) // what is far from the screen is not laid out, and not read
	require.Equal(t, "en", eval[string](p, `document.documentElement.lang`))
	ids := `(() => { const ids = [...document.querySelectorAll('[id]')].map(e => e.id); return ids.filter((id, i) => ids.indexOf(id) !== i) })()`
	require.Empty(t, eval[[]string](p, ids), "an id is there once")

	names := p.names()
	for _, want := range []string{
		"banner ", "main ", "contentinfo ", "search Filter the cells", `heading Do not deploy \"patch-complete\": it breaks running executions`,
		"heading What breaks and where: 5 findings", "heading May I deploy, may I roll back?",
		"region patching", "grid Verdicts of patching: recordings by stages", "columnheader patch-complete", "rowheader initial.completed closed",
		"gridcell initial.waiting at patch-complete: nondeterministic, stuck?", "button initial.waiting at patch-complete: nondeterministic, stuck?",
		"button initial.completed at patch-complete: nondeterministic, as recorded, a live Worker does otherwise",
		"searchbox Find", "combobox Stage", "button Only problems", "group Verdicts to show", "link Skip to the matrices",
	} {
		require.Contains(t, names, want)
	}
	require.NotContains(t, names, "combobox Family", "there is one family")
	for _, name := range names {
		role, label, _ := strings.Cut(name, " ")
		if slices.Contains([]string{"button", "link", "searchbox", "combobox", "grid", "dialog", "heading"}, role) {
			require.NotEmpty(t, label, "a %s without a name", role)
		}
	}

	p = open(t, file+"#patching/initial.completed@patch-complete", 1280, 800)
	names = p.names()
	for _, want := range []string{"dialog patching/initial.completed@patch-complete", "heading What changed", "table History and code side by side", "button Close the explanation"} {
		require.Contains(t, names, want)
	}
	require.NotContains(t, names, "searchbox Find", "what is behind the panel is out of reach")
}

// names are the roles and names of what is in the accessibility tree. A family near
// the screen is laid out by the frame after the first, and what is not laid out has no
// part in the tree.
func (p *tab) names() (names []string) {
	p.t.Helper()
	p.run(`new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))`)
	tree, err := chromedp.Call(p.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	require.NoError(p.t, err)
	for _, node := range tree.Nodes {
		if node.Ignored || node.Role == nil {
			continue
		}
		name := ""
		if node.Name != nil {
			name = strings.Trim(string(node.Name.Value), `"`)
		}
		names = append(names, strings.Trim(string(node.Role.Value), `"`)+" "+name)
	}
	return names
}
