package acceptance

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/replay"
	"github.com/replaymatrix/replaymatrix/versioning/report/svg"
)

// outside returns the texts of a picture that leave its canvas, and the pairs of texts of which one runs into another.
// Boxes of lines below each other may touch: fonts for some scripts are tall.
const outside = `(() => {
	const canvas = document.documentElement.viewBox.baseVal, faults = [];
	const texts = [...document.querySelectorAll('text')].map(e => ({e, box: e.getBBox()}));
	for (const {e, box} of texts)
		if (box.x < 8 || box.y < 8 || box.x + box.width > canvas.width - 8 || box.y + box.height > canvas.height - 8)
			faults.push('out of the canvas: ' + e.textContent);
	texts.forEach(({e, box: a}, i) => {
		for (const {e: other, box: b} of texts.slice(i + 1))
			if (a.x < b.x + b.width && b.x < a.x + a.width && a.y + 5 < b.y + b.height && b.y + 5 < a.y + a.height)
				faults.push('runs into another: ' + e.textContent + ' | ' + other.textContent);
	});
	return {seen: texts.length, faults};
})()`

type placed struct {
	Seen   int
	Faults []string
}

// hostileFamily has a name wherever somebody else decides about names.
func hostileFamily(name string, stages int) *matrix.Matrix {
	f := &versioning.Family{Name: name}
	for i := range stages {
		f.Stages = append(f.Stages, versioning.Stage{Name: fmt.Sprint(name, i)})
	}
	m := &matrix.Matrix{Family: f}
	for i, s := range f.Stages {
		row := matrix.Row{Recording: name, Lineage: []string{f.Stages[0].Name, s.Name}, Closed: i%2 == 0}
		for j, stage := range f.Stages {
			verdict := replay.Verdicts()[(i+j)%len(replay.Verdicts())].Verdict
			row.Cells = append(row.Cells, matrix.Cell{Family: name, Recording: name, Stage: stage.Name,
				Result: replay.Result{Verdict: verdict, Place: replay.Place{Event: 7, Source: name + ".go:7"}}})
		}
		m.Rows = append(m.Rows, row)
	}
	return m
}

// pictures are those of reference families, of all of them, and of names that take more room than others.
func pictures(t testing.TB) map[string][]*matrix.Matrix {
	t.Helper()
	all := map[string][]*matrix.Matrix{"verdicts": {everyVerdict()}}
	for _, name := range []string{"patching", "interleavings", "deployments", "runtimechecks/activity", "unnoticed/update-type"} {
		all[strings.ReplaceAll(name, "/", "-")] = explained(t, name)
		all["several"] = append(all["several"], explained(t, name)...)
	}
	for kind, name := range map[string]string{
		"wide": strings.Repeat("W", 300), "words": strings.Repeat("MW @mW ", 60), "emoji": strings.Repeat("👩‍👩‍👧‍👦🏳️‍🌈", 40),
		"arabic": strings.Repeat("سير العمل ﷽ ", 40), "cjk": strings.Repeat("注文の処理", 60), "markup": `"><script>alert(1)</script>&'`,
		"control": "a\x00b\x1b[31m\u202ec\ufffe\xff",
	} {
		for _, stages := range []int{3, 9} {
			all[fmt.Sprint(kind, stages)] = []*matrix.Matrix{hostileFamily(name, stages)}
		}
		all[kind+"-several"] = []*matrix.Matrix{hostileFamily(name, 3), hostileFamily(name, 2)}
	}
	return all
}

func drawn(t testing.TB, matrices ...*matrix.Matrix) string {
	t.Helper()
	var picture bytes.Buffer
	require.NoError(t, svg.Write(&picture, svg.Options{Command: "replaymatrix"}, matrices...))
	file := filepath.Join(t.TempDir(), "answer.svg")
	require.NoError(t, os.WriteFile(file, picture.Bytes(), 0o644))
	return file
}

// TestPictureHasRoom holds that no text leaves its picture or runs into another, whatever names there are.
func TestPictureHasRoom(t *testing.T) {
	t.Parallel()
	for name, matrices := range pictures(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := open(t, drawn(t, matrices...), 830, 1200)
			got := eval[placed](p, outside)
			require.Greater(t, got.Seen, 5)
			require.Empty(t, got.Faults)
			p.innocent()
		})
	}
}

// TestPictureSchemes holds that a picture is light or dark as its reader likes, also as an image in a page, and light
// where a viewer ignores its style.
func TestPictureSchemes(t *testing.T) {
	t.Parallel()
	file := drawn(t, explained(t, "patching")...)
	const colors = `JSON.stringify([...document.querySelectorAll('rect, text, path')].map(e => [getComputedStyle(e).fill, getComputedStyle(e).stroke]))`
	const ink = `getComputedStyle(document.querySelector('text.f-ink')).fill`
	light, dark := open(t, file, 830, 1200), open(t, file, 830, 1200, media("", "dark"))
	require.Equal(t, "rgb(22, 25, 29)", eval[string](light, ink))
	require.Equal(t, "rgb(233, 236, 240)", eval[string](dark, ink))
	styled := eval[string](light, colors)
	for _, p := range []*tab{light, dark} {
		p.run(`document.querySelector('style').remove()`)
		require.Equal(t, styled, eval[string](p, colors))
	}
}

// TestPictureIsHeard holds that a screen reader meets one image with its answer.
func TestPictureIsHeard(t *testing.T) {
	t.Parallel()
	p := open(t, drawn(t, explained(t, "patching")...), 830, 1200)
	const named = `document.documentElement.getAttribute('aria-labelledby').split(' ').map(id => document.getElementById(id).textContent).join(' ')`
	require.Contains(t, eval[string](p, named), `Do not deploy "patch-complete": it breaks running executions`)
	require.Equal(t, "img", eval[string](p, `document.documentElement.getAttribute('role')`))
}

// TestPicturePictures makes pictures of the pictures for people to look at, as a README and a phone show them:
//
//	go -C acceptance test . -run TestPicturePictures -screenshots FOLDER
func TestPicturePictures(t *testing.T) {
	if *screenshots == "" {
		t.Skip("pictures are made with -screenshots FOLDER")
	}
	for name, matrices := range pictures(t) {
		file := drawn(t, matrices...)
		page := filepath.Join(filepath.Dir(file), "page.html")
		require.NoError(t, os.WriteFile(page, []byte(`<!doctype html><meta name=color-scheme content="light dark"><img src=answer.svg style=max-width:100%>`), 0o644))
		for scheme, width := range map[string]int64{"light": 830, "dark": 390} {
			open(t, page, width, 1600, media("", scheme)).picture("answer-" + name + "-" + scheme)
		}
	}
}
