package house_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const (
	module = "github.com/replaymatrix/replaymatrix"
	root   = "../../.."
)

// importRule says what the packages below a folder may import, of this module
// and from outside; a trailing /… stands for all packages below, the standard
// library is always allowed.
type importRule struct {
	folder  string
	ours    []string
	outside []string
	why     string
}

// importRules is the table of the design: the first rule that fits applies.
var importRules = []importRule{
	{".", nil, nil, "the landing page imports nothing"},
	{"histories", nil, nil, "it only embeds the recordings"},
	{"docs", nil, nil, "it holds pages, and tests of them"},
	{"internal/bench", []string{"testdata/loop", "versioning", "versioning/history"}, []string{"go.temporal.io/sdk/…"},
		"it is fixtures, and measures nothing itself"},
	{"internal/race", nil, nil, "it is a constant"},
	{"internal/corpora", []string{"testdata/…", "versioning", "versioning/history", "versioning/workflows/…"},
		[]string{"go.temporal.io/sdk/worker"}, "it lists families and judges nothing"},
	{"internal/applied",
		[]string{"internal/corpora", "versioning", "versioning/advice", "versioning/history", "versioning/matrix",
			"versioning/rehearse", "versioning/replay"}, nil, "it builds edited code, and judges it as the matrix does"},
	{"internal/rerecord",
		[]string{"internal/corpora", "versioning", "versioning/advice", "versioning/history", "versioning/record",
			"versioning/replay", "versioning/compare"}, []string{"go.temporal.io/sdk/…", "go.temporal.io/api/…"},
		"it makes the recordings of this repository, and keeps those that replay"},
	{"versioning", []string{"versioning/internal/registry"}, []string{"go.temporal.io/sdk/…", "go.temporal.io/api/serviceerror"},
		"the vocabulary needs the SDK's registries and client"},
	{"versioning/workflows", []string{"versioning", "versioning/workflows/…"}, nil, "it lists the families"},
	{"versioning/workflows/…", []string{"versioning"}, []string{"go.temporal.io/sdk/…", "go.temporal.io/api/enums/v1"},
		"workflows never see the engine: they read like a user's own code"},
	{"versioning/history", []string{"versioning/internal/events", "versioning/internal/wholefile"},
		[]string{"go.temporal.io/api/…", "go.temporal.io/sdk/client", "google.golang.org/protobuf/…"},
		"bytes to a checked recording, and back"},
	{"versioning/compare/internal/zero", []string{"versioning/internal/payload"},
		[]string{"go.temporal.io/sdk/converter", "go.temporal.io/api/…", "google.golang.org/protobuf/…"},
		"it walks two values of one type"},
	{"versioning/internal/trace", []string{"versioning/internal/events", "versioning/internal/payload"},
		[]string{"go.temporal.io/sdk/…", "go.temporal.io/api/…", "google.golang.org/protobuf/…"},
		"it notes what code does, and compares and judges nothing"},
	{"versioning/compare",
		[]string{"versioning/compare/internal/zero", "versioning/internal/events", "versioning/internal/fillin",
			"versioning/internal/payload", "versioning/internal/trace"},
		[]string{"go.temporal.io/sdk/converter", "go.temporal.io/api/…", "google.golang.org/protobuf/…",
			"github.com/google/go-cmp/…"}, "it says what differs, and judges nothing"},
	{"versioning/cause", []string{"versioning/compare"}, nil,
		"it is data: what finds causes is above it, and what tells of them"},
	{"versioning/replay",
		[]string{"versioning/cause", "versioning", "versioning/history", "versioning/internal/caught", "versioning/internal/events",
			"versioning/internal/foreign", "versioning/internal/observer", "versioning/internal/pinning",
			"versioning/internal/private", "versioning/internal/registry", "versioning/internal/sdkerror",
			"versioning/internal/trace", "versioning/compare"},
		[]string{"go.temporal.io/sdk/…", "go.temporal.io/api/…"}, "the engine never imports a family"},
	{"versioning/redact",
		[]string{"versioning", "versioning/history", "versioning/internal/caught", "versioning/internal/events", "versioning/replay",
			"versioning/compare"},
		[]string{"go.temporal.io/sdk/…", "go.temporal.io/api/…", "google.golang.org/protobuf/…"},
		"it rewrites recordings, and asks package replay what that changes"},
	{"versioning/matrix",
		[]string{"versioning", "versioning/history", "versioning/internal/budget", "versioning/internal/caught",
			"versioning/internal/registry", "versioning/rehearse", "versioning/replay", "versioning/compare"}, nil, "it replays through package replay alone"},
	{"versioning/cache",
		[]string{"versioning", "versioning/internal/wholefile", "versioning/matrix", "versioning/rehearse",
			"versioning/replay"}, nil,
		"it stores rows and judges nothing"},
	{"versioning/internal/events", nil, []string{"go.temporal.io/api/…", "google.golang.org/protobuf/…"},
		"it tells what single events are, and knows the API alone"},
	{"versioning/internal/fillin", nil, []string{"go.temporal.io/api/…", "google.golang.org/protobuf/…"},
		"it completes attributes, and compares and judges nothing"},
	{"versioning/internal/pending", []string{"versioning/internal/events"}, []string{"go.temporal.io/api/…"},
		"it tells what has begun and not ended, and judges nothing"},
	{"versioning/internal/accept/internal/valid", []string{"versioning/internal/fillin"},
		[]string{"go.temporal.io/api/…", "google.golang.org/protobuf/…"}, "it looks at single attributes"},
	{"versioning/internal/accept",
		[]string{"versioning/internal/accept/internal/valid", "versioning/internal/events",
			"versioning/internal/fillin", "versioning/internal/pending"},
		[]string{"go.temporal.io/api/…", "google.golang.org/protobuf/…"},
		"it does what a service does with events and commands, and dials none"},
	{"versioning/internal/frontend", nil,
		[]string{"go.temporal.io/sdk/…", "go.temporal.io/api/…", "google.golang.org/grpc/…"},
		"it hands tasks to Workers and their answers back, and judges nothing"},
	{"versioning/internal/inert", []string{"versioning/internal/payload", "versioning/internal/trace"},
		[]string{"go.temporal.io/sdk/…", "go.temporal.io/api/…", "google.golang.org/protobuf/…"},
		"it keeps Workers from acting, and judges nothing"},
	{"versioning/rehearse",
		[]string{"versioning", "versioning/cause", "versioning/compare", "versioning/history", "versioning/internal/accept",
			"versioning/internal/events", "versioning/internal/frontend", "versioning/internal/inert",
			"versioning/internal/payload", "versioning/internal/pending", "versioning/internal/private",
			"versioning/internal/registry", "versioning/internal/trace", "versioning/replay"},
		[]string{"go.temporal.io/sdk/…", "go.temporal.io/api/…", "google.golang.org/protobuf/…"},
		"it says what Workers do next, and knows no matrix"},
	{"versioning/internal/payload", nil,
		[]string{"go.temporal.io/sdk/…", "go.temporal.io/api/…", "google.golang.org/protobuf/…"},
		"it reads what a data converter has written, whatever it is of"},
	{"versioning/internal/prose", nil, nil, "it makes texts, and knows no matrix"},
	{"versioning/internal/words",
		[]string{"versioning/finding", "versioning/internal/prose", "versioning/matrix", "versioning/replay"}, nil,
		"it makes sentences of single cells, and knows no report"},
	{"versioning/internal/golden",
		[]string{"versioning/advice", "versioning/internal/prose", "versioning/internal/words", "versioning/matrix"},
		nil, "what is stable holds no sentence for people"},
	{"versioning/internal/registry", nil, []string{"go.temporal.io/sdk/…"},
		"it calls the functions of a stage with registries of its own"},
	{"versioning/internal/mutate", nil, []string{"go.temporal.io/api/…", "google.golang.org/protobuf/…"},
		"it makes what no service writes, for tests, and judges nothing"},
	{"versioning/internal/budget", []string{"versioning/history", "versioning/internal/caught"}, []string{"golang.org/x/sync/semaphore"},
		"it knows what a recording weighs, and nothing of what is done with it"},
	{"versioning/internal/caught", nil, nil, "it makes an error of a panic, whatever has panicked"},
	{"versioning/internal/foreign", nil, []string{"go.temporal.io/api/…"},
		"it tells what has executed a history, and judges nothing"},
	{"versioning/internal/observer", []string{"versioning/internal/trace"}, []string{"go.temporal.io/sdk/…"},
		"it notes what code does, and compares and judges nothing"},
	{"versioning/internal/pinning", []string{"versioning/history"}, []string{"go.temporal.io/api/…"},
		"it tells what keeps an execution on a build, and judges nothing"},
	{"versioning/internal/private", []string{"versioning/history"},
		[]string{"go.temporal.io/sdk/worker", "go.temporal.io/api/…", "google.golang.org/protobuf/…"},
		"it copies events, and judges nothing"},
	{"versioning/internal/sdkerror", []string{"versioning/internal/events"}, []string{"go.temporal.io/api/…"},
		"it reads texts, and makes no verdict of them"},
	{"versioning/internal/source", nil, nil, "it reads Go files, and knows no histories"},
	{"versioning/advice",
		[]string{"versioning/cause", "versioning/compare", "versioning/internal/events", "versioning/internal/prose",
			"versioning/internal/source", "versioning/internal/trace", "versioning/rehearse", "versioning/replay"},
		[]string{"go.temporal.io/api/common/v1", "go.temporal.io/api/history/v1"},
		"it makes sentences of what a Result holds, and judges nothing"},
	{"versioning/finding",
		[]string{"versioning/cause", "versioning", "versioning/advice", "versioning/compare", "versioning/matrix",
			"versioning/rehearse",
			"versioning/replay"}, nil, "it says what cells have in common, and writes nothing"},
	{"versioning/report", []string{"versioning/finding", "versioning/history", "versioning/matrix"}, nil,
		"what the writers share knows none of them"},
	{"versioning/report/internal/terminal", []string{"versioning/internal/prose", "versioning/replay"}, nil, "it writes lines, and knows no matrix"},
	{"versioning/report/internal/palette", []string{"versioning/finding", "versioning/replay"}, nil,
		"it names colours, and draws nothing"},
	{"versioning/report/internal/told",
		[]string{"versioning/advice", "versioning/compare", "versioning/finding", "versioning/internal/prose",
			"versioning/internal/registry", "versioning/internal/words", "versioning/matrix", "versioning/rehearse",
			"versioning/replay", "versioning/report", "versioning/report/internal/terminal"}, nil,
		"one place for the words that writers share"},
	{"versioning/report/internal/sidebyside",
		[]string{"versioning/advice", "versioning/compare", "versioning/history", "versioning/internal/prose",
			"versioning/internal/words", "versioning/matrix", "versioning/replay", "versioning/report",
			"versioning/report/internal/terminal", "versioning/report/internal/told"}, nil,
		"it shows one cell, whichever writer asks"},
	{"versioning/report/text",
		[]string{"versioning/advice", "versioning/compare", "versioning/finding", "versioning/history",
			"versioning/internal/prose", "versioning/internal/words", "versioning/matrix", "versioning/replay",
			"versioning/report", "versioning/report/internal/sidebyside", "versioning/report/internal/terminal",
			"versioning/report/internal/told"}, nil, "pure writers"},
	{"versioning/report/markdown",
		[]string{"versioning/compare", "versioning/finding", "versioning/internal/prose", "versioning/internal/words",
			"versioning/matrix", "versioning/replay", "versioning/report", "versioning/report/internal/sidebyside",
			"versioning/report/internal/told"}, nil, "pure writers"},
	{"versioning/report/shown",
		[]string{"versioning/advice", "versioning/internal/prose", "versioning/matrix", "versioning/report",
			"versioning/report/internal/sidebyside"}, nil, "it makes data of an explained cell, and writes nothing"},
	{"versioning/report/page",
		[]string{"versioning/advice", "versioning/compare", "versioning/finding", "versioning/history",
			"versioning/internal/prose", "versioning/internal/words", "versioning/matrix", "versioning/replay",
			"versioning/report", "versioning/report/internal/sidebyside", "versioning/report/internal/terminal",
			"versioning/report/internal/palette", "versioning/report/internal/told", "versioning/report/shown"}, nil,
		"pure writers"},
	{"versioning/report/svg",
		[]string{"versioning/finding", "versioning/internal/prose", "versioning/matrix", "versioning/replay",
			"versioning/report", "versioning/report/internal/palette", "versioning/report/internal/told"}, nil,
		"pure writers"},
	{"versioning/report/pipeline",
		[]string{"versioning/advice", "versioning/finding", "versioning/internal/prose", "versioning/internal/words",
			"versioning/matrix", "versioning/rehearse", "versioning/replay", "versioning/report",
			"versioning/report/internal/sidebyside", "versioning/report/internal/told"}, nil,
		"pure writers"},
	{"versioning/report/document",
		[]string{"versioning/cause", "versioning/advice", "versioning/compare", "versioning/finding",
			"versioning/history", "versioning/internal/prose", "versioning/matrix", "versioning/rehearse",
			"versioning/replay", "versioning/report", "versioning/report/internal/sidebyside",
			"versioning/report/internal/told"}, nil,
		"pure writers"},
	{"versioning/internal/house", nil, nil, "it holds tests only"},
	{"versioning/internal/wholefile", nil, nil, "it writes bytes, whatever they are"},
	{"versioning/internal/exchange",
		[]string{"versioning", "versioning/history", "versioning/internal/wholefile", "versioning/matrix",
			"versioning/rehearse", "versioning/replay", "versioning/report", "versioning/report/shown",
			"versioning/compare"}, nil, "what passes between a test and the command against"},
	{"versioning/internal/against",
		[]string{"versioning", "versioning/cause", "versioning/finding", "versioning/matrix", "versioning/rehearse",
			"versioning/replay", "versioning/report", "versioning/report/shown", "versioning/compare",
			"versioning/internal/exchange"}, nil,
		"it replays nothing: the tests of both trees do"},
	{"versioning/replaytest",
		[]string{"versioning", "versioning/advice", "versioning/finding", "versioning/history",
			"versioning/internal/exchange", "versioning/internal/wholefile", "versioning/matrix", "versioning/rehearse",
			"versioning/replay", "versioning/compare", "versioning/internal/golden", "versioning/internal/prose",
			"versioning/internal/words", "versioning/report", "versioning/report/shown", "versioning/report/text"},
		nil, "a harness over the matrix"},
	{"versioning/record", []string{"versioning", "versioning/history", "versioning/internal/registry"},
		[]string{"go.temporal.io/sdk/…", "go.temporal.io/api/…", "google.golang.org/protobuf/…",
			"golang.org/x/sync/errgroup"}, "it judges nothing"},
	{"versioning/pull", []string{"versioning/history", "versioning/internal/caught", "versioning/internal/wholefile"},
		[]string{"go.temporal.io/sdk/client", "go.temporal.io/api/…", "google.golang.org/protobuf/…",
			"golang.org/x/sync/errgroup"}, "it downloads, with the client that it is given, and judges nothing"},
	{"versioning/scaffold", []string{"versioning/internal/wholefile"}, nil,
		"it reads source and writes files, and judges nothing"},
	{"versioning/cli/internal/shell",
		[]string{"versioning", "versioning/history", "versioning/internal/budget", "versioning/matrix", "versioning/replay", "versioning/compare"},
		[]string{"github.com/spf13/cobra", "golang.org/x/term"}, "what all commands share knows no command and no service"},
	{"versioning/cli/internal/connect", []string{"versioning/cli/internal/shell", "versioning/internal/prose"},
		[]string{"github.com/spf13/cobra", "go.temporal.io/sdk/client", "go.temporal.io/sdk/log",
			"go.temporal.io/sdk/contrib/envconfig", "go.temporal.io/api/…", "google.golang.org/grpc/…"},
		"it connects to the service that Temporal's configuration names, and knows no command"},
	{"versioning/cli/internal/launch", []string{"versioning/cli/internal/connect", "versioning/cli/internal/shell"},
		[]string{"go.temporal.io/sdk/client", "go.temporal.io/api/…"},
		"it starts a service, whichever command wants one"},
	{"versioning/cli/judge",
		[]string{"versioning", "versioning/advice", "versioning/finding", "versioning/cache", "versioning/cli/internal/shell",
			"versioning/history", "versioning/internal/against", "versioning/internal/budget", "versioning/internal/prose",
			"versioning/internal/wholefile", "versioning/matrix", "versioning/rehearse", "versioning/replay",
			"versioning/report", "versioning/compare", "versioning/internal/words", "versioning/report/document",
			"versioning/report/markdown", "versioning/report/page", "versioning/report/pipeline",
			"versioning/report/shown", "versioning/report/svg", "versioning/report/text"}, []string{"github.com/spf13/cobra"},
		"it judges recordings, and needs no service"},
	{"versioning/cli/collect",
		[]string{"versioning", "versioning/cli/internal/connect", "versioning/cli/internal/shell", "versioning/history",
			"versioning/internal/budget", "versioning/pull", "versioning/redact", "versioning/scaffold", "versioning/compare"},
		[]string{"github.com/spf13/cobra"}, "it brings recordings in, and judges nothing"},
	{"versioning/cli/play",
		[]string{"versioning", "versioning/advice", "versioning/cli/internal/connect", "versioning/cli/internal/launch",
			"versioning/cli/internal/shell", "versioning/history", "versioning/replay", "versioning/report/text"},
		[]string{"github.com/spf13/cobra", "go.temporal.io/sdk/client", "go.temporal.io/sdk/worker",
			"go.temporal.io/sdk/converter", "go.temporal.io/api/…"},
		"it plays families on a service, and compares with what a replay says"},
	{"versioning/cli", []string{"versioning", "versioning/cli/collect", "versioning/cli/internal/shell",
		"versioning/cli/judge", "versioning/cli/play", "versioning/replay", "versioning/compare"},
		[]string{"github.com/spf13/cobra", "go.temporal.io/sdk/worker"},
		"the command works on the families it is given, and its commands are those of its rooms"},
	{"versioning/cmd/replaymatrix", []string{"versioning/cli", "versioning/workflows", "histories"}, nil,
		"main is the only place where the command meets the families"},
}

func TestImportRules(t *testing.T) {
	t.Parallel()
	packages := goList(t)
	require.NotEmpty(t, packages)
	for _, p := range packages {
		folder := strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/")
		if folder == "" {
			folder = "."
		}
		rule, ok := ruleFor(folder)
		if !ok {
			t.Errorf("%s has no import rule: add it to importRules, with its why", folder)
			continue
		}
		for _, imported := range p.Imports {
			if fault := rule.check(folder, imported); fault != "" {
				t.Error(fault)
			}
		}
	}
}

func TestImportRulesCatch(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ folder, imports, want, why string }{
		{"versioning/matrix", module + "/versioning/workflows/patching",
			"versioning/matrix must not import versioning/workflows/patching: it replays through package replay alone",
			"the engine knows no family"},
		{"versioning/workflows/patching", module + "/versioning/replay",
			"versioning/workflows/patching must not import versioning/replay: workflows never see the engine: " +
				"they read like a user's own code", "the longest prefix applies"},
		{"versioning/matrix", "go.temporal.io/sdk/worker",
			"versioning/matrix must not import go.temporal.io/sdk/worker: it replays through package replay alone",
			"outside packages are ruled too"},
		{"versioning/replay", "context", "", "the standard library is free"},
		{"versioning/replay", module + "/versioning/history", "", "the table allows it"},
	} {
		rule, ok := ruleFor(tt.folder)
		require.True(t, ok)
		require.Equal(t, tt.want, rule.check(tt.folder, tt.imports), tt.why)
	}
}

func ruleFor(folder string) (importRule, bool) {
	for _, rule := range importRules {
		if matches(rule.folder, folder) {
			return rule, true
		}
	}
	return importRule{}, false
}

func (r importRule) check(folder, imported string) string {
	allowed, name := r.outside, imported
	if imported == module || strings.HasPrefix(imported, module+"/") {
		allowed, name = r.ours, strings.TrimPrefix(imported, module+"/")
	} else if first, _, _ := strings.Cut(imported, "/"); !strings.Contains(first, ".") {
		return ""
	}
	for _, pattern := range allowed {
		if matches(pattern, name) {
			return ""
		}
	}
	return fmt.Sprintf("%s must not import %s: %s", folder, name, r.why)
}

func matches(pattern, name string) bool {
	if prefix, ok := strings.CutSuffix(pattern, "/…"); ok {
		return name == prefix || strings.HasPrefix(name, prefix+"/")
	}
	return name == pattern
}

type listedPackage struct {
	ImportPath string
	Imports    []string
}

func goList(t *testing.T) (packages []listedPackage) {
	t.Helper()
	// The go command reads the files in a process of its own. Reading the folders here tells the
	// cache of go test that they matter.
	require.NoError(t, filepath.WalkDir(root, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && d.Name() == ".git" {
			return fs.SkipDir
		}
		return err
	}))
	out, err := exec.Command("go", "-C", root, "list", "-json=ImportPath,Imports", "./...").Output()
	require.NoError(t, err)
	decoder := json.NewDecoder(strings.NewReader(string(out)))
	for {
		var p listedPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return packages
		} else if err != nil {
			t.Fatal(err)
		}
		packages = append(packages, p)
	}
}
