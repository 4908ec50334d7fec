package workflows_test

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/internal/corpora"
	"github.com/replaymatrix/replaymatrix/versioning"
	"github.com/replaymatrix/replaymatrix/versioning/finding"
	"github.com/replaymatrix/replaymatrix/versioning/matrix"
	"github.com/replaymatrix/replaymatrix/versioning/report"
	"github.com/replaymatrix/replaymatrix/versioning/report/document"
	"github.com/replaymatrix/replaymatrix/versioning/report/markdown"
	"github.com/replaymatrix/replaymatrix/versioning/report/page"
	"github.com/replaymatrix/replaymatrix/versioning/report/pipeline"
	"github.com/replaymatrix/replaymatrix/versioning/report/text"
)

// TestFindingsAgree holds that all writers of one matrix tell of the same number of findings,
// and answer the same, for every family.
func TestFindingsAgree(t *testing.T) {
	t.Parallel()
	for _, c := range references() {
		t.Run(c.Family.Name, func(t *testing.T) {
			t.Parallel()
			m := judged(t, c)
			s := finding.Of(m, finding.Options{})
			w := write(t, m)

			found := len(s.Findings())
			want := map[string]int{
				"text": found, "json": found, "markdown": found, "page": found, "github": found, "sarif": found,
				"junit": found,
			}
			if diff := cmp.Diff(want, w.findings()); diff != "" {
				t.Errorf("findings (-want +got):\n%s", diff)
			}
			answer := s.Deploy().String()
			answers := map[string]string{"text": answer, "json": answer, "page": answer, "markdown": signs[answer]}
			if diff := cmp.Diff(answers, w.answers(c.Family)); diff != "" {
				t.Errorf("the answer to the deploy (-want +got):\n%s", diff)
			}
		})
	}
}

// TestUnproven holds that what a summary keeps covers the branches that all rows cover.
func TestUnproven(t *testing.T) {
	t.Parallel()
	for _, c := range references() {
		t.Run(c.Family.Name, func(t *testing.T) {
			t.Parallel()
			m := judged(t, c)
			var want []finding.Unproven
			for _, s := range m.Coverage() {
				for _, call := range s.Calls {
					for _, b := range call.Branches {
						if len(b.Proven) == 0 {
							want = append(want, finding.Unproven{
								Stage: s.Stage, ChangeID: call.ChangeID, Source: call.Source, From: b.From, To: b.To,
							})
						}
					}
				}
			}
			if diff := cmp.Diff(want, finding.Of(m, finding.Options{}).Unproven()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// references are the families of the library.
func references() []corpora.Corpus {
	return slices.DeleteFunc(corpora.All(), corpora.Corpus.IsFixture)
}

// written is one matrix in all formats.
type written struct {
	t                                                *testing.T
	text, json, markdown, page, github, sarif, junit string
}

func write(t *testing.T, m *matrix.Matrix) written {
	t.Helper()
	of := func(write func(*bytes.Buffer) error) string {
		var b bytes.Buffer
		require.NoError(t, write(&b))
		return b.String()
	}
	all := markdown.Options{Limit: 1 << 30}
	return written{
		t:        t,
		text:     of(func(b *bytes.Buffer) error { return text.Write(b, text.Options{All: true}, m) }),
		json:     of(func(b *bytes.Buffer) error { return document.Write(b, m) }),
		markdown: of(func(b *bytes.Buffer) error { return markdown.Write(b, all, m) }),
		page:     of(func(b *bytes.Buffer) error { return page.Write(b, page.Options{}, m) }),
		github:   of(func(b *bytes.Buffer) error { return pipeline.GitHub(b, report.CIOptions{}, m) }),
		sarif:    of(func(b *bytes.Buffer) error { return pipeline.SARIF(b, report.CIOptions{}, m) }),
		junit:    of(func(b *bytes.Buffer) error { return pipeline.JUnit(b, report.CIOptions{}, m) }),
	}
}

// findings is how many findings each format tells of.
func (w written) findings() map[string]int {
	w.t.Helper()
	var document document.Document
	require.NoError(w.t, json.Unmarshal([]byte(w.json), &document))
	return map[string]int{
		"text":     w.inText(),
		"json":     len(document.Families[0].Findings),
		"markdown": strings.Count(w.markdown, "<details><summary><b>"),
		"page":     number(w.t, `What breaks and where: (\d+) findings?`, w.page),
		"github":   number(w.t, `in (\d+) findings?`, w.github),
		"sarif":    strings.Count(w.sarif, `"ruleId"`),
		"junit":    number(w.t, `<property name="findings" value="(\d+)">`, w.junit),
	}
}

// inText counts the headings of findings.
func (w written) inText() int {
	return len(regexp.MustCompile(`(?m)^(LOST|STUCK|CHANGED|ANSWERS|NOTE|UNJUDGED)  \S`).FindAllString(w.text, -1))
}

// signs are those of the answers in Markdown.
var signs = map[string]string{
	"breaks": "❌", "changes": "⚠️", "otherwise": "⚠️", "findings": "⚠️", "unknown": "❔", "safe": "✅", "none": "–",
}

// answers are those of each format that has one.
func (w written) answers(f *versioning.Family) map[string]string {
	w.t.Helper()
	var document document.Document
	require.NoError(w.t, json.Unmarshal([]byte(w.json), &document))
	first := func(pattern, text string) string {
		found := regexp.MustCompile(pattern).FindStringSubmatch(text)
		require.NotNil(w.t, found, pattern)
		return found[1]
	}
	return map[string]string{
		"text":     w.deployInText(f),
		"json":     document.Families[0].Deploy.String(),
		"page":     first(`<h1 class="title k-([a-z]+)">`, w.page),
		"markdown": first(`(?m)^## (\S+) `, w.markdown),
	}
}

// deployInText is the worst of what the lines say about a deploy of the newest stage, or of any
// stage of a catalogue.
func (w written) deployInText(f *versioning.Family) string {
	stage := regexp.QuoteMeta(f.Stages[len(f.Stages)-1].Name)
	if f.Catalogue {
		stage = `\S+`
	}
	lines := regexp.MustCompile(`(?m)^deploy `+stage+`(?: again)?:.*(?:\n +.*)*`).FindAllString(w.text, -1)
	says := strings.Join(strings.Fields(strings.Join(lines, " ")), " ")
	for _, answer := range []struct{ word, name string }{
		{"BREAKS", "breaks"}, {"CHANGES", "changes"}, {"cannot tell", "unknown"}, {"ANSWERS OTHERWISE", "otherwise"},
		{"FINDINGS", "findings"}, {"safe", "safe"}, {"leaves those pinned", "safe"},
	} {
		if strings.Contains(says, answer.word) {
			return answer.name
		}
	}
	return "none"
}

// number is the first group of the pattern in the text, 0 if nothing matches.
func number(t *testing.T, pattern, text string) int {
	t.Helper()
	found := regexp.MustCompile(pattern).FindStringSubmatch(text)
	if found == nil {
		return 0
	}
	n, err := strconv.Atoi(found[1])
	require.NoError(t, err)
	return n
}
