package replaymatrix_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

const module = "github.com/replaymatrix/replaymatrix"

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
	{"versioning", nil, []string{"go.temporal.io/sdk/…"}, "the vocabulary needs the SDK's registries and client"},
	{"versioning/workflows", []string{"versioning", "versioning/workflows/…"}, nil, "it lists the families"},
	{"versioning/workflows/…", []string{"versioning"}, []string{"go.temporal.io/sdk/…", "go.temporal.io/api/enums/v1"}, "workflows never see the engine: they read like a user's own code"},
	{"versioning/history", []string{"versioning/internal/wholefile"}, []string{"go.temporal.io/api/…", "go.temporal.io/sdk/client", "google.golang.org/protobuf/…"}, "bytes to a checked recording, and back"},
	{"versioning/trace", nil, []string{"go.temporal.io/sdk/…", "go.temporal.io/api/…", "google.golang.org/protobuf/…", "github.com/google/go-cmp/…"}, "it notes and compares what code does, and judges nothing"},
	{"versioning/replay", []string{"versioning", "versioning/history", "versioning/trace"}, []string{"go.temporal.io/sdk/…", "go.temporal.io/api/…", "google.golang.org/protobuf/…"}, "the engine never imports a family"},
	{"versioning/redact", []string{"versioning", "versioning/history", "versioning/replay", "versioning/trace"}, []string{"go.temporal.io/sdk/…", "go.temporal.io/api/…", "google.golang.org/protobuf/…"}, "it rewrites recordings, and asks package replay what that changes"},
	{"versioning/matrix", []string{"versioning", "versioning/history", "versioning/replay", "versioning/trace"}, nil, "it replays through package replay alone"},
	{"versioning/cache", []string{"versioning", "versioning/internal/wholefile", "versioning/matrix", "versioning/replay"}, nil, "it stores rows and judges nothing"},
	{"versioning/finding", []string{"versioning", "versioning/matrix", "versioning/replay", "versioning/trace"}, nil, "it says what cells mean, and knows no format"},
	{"versioning/report/internal/prose", nil, nil, "it makes texts, and knows no matrix"},
	{"versioning/report", []string{"versioning/finding", "versioning/history", "versioning/matrix", "versioning/replay", "versioning/report/internal/prose", "versioning/trace"}, []string{"go.temporal.io/api/…"}, "pure writers"},
	{"versioning/internal/wholefile", nil, nil, "it writes bytes, whatever they are"},
	{"versioning/internal/exchange", []string{"versioning", "versioning/history", "versioning/internal/wholefile", "versioning/matrix", "versioning/trace"}, nil, "what passes between a test and the command against"},
	{"versioning/internal/against", []string{"versioning", "versioning/finding", "versioning/matrix", "versioning/replay", "versioning/trace", "versioning/internal/exchange"}, nil, "it replays nothing: the tests of both trees do"},
	{"versioning/replaytest", []string{"versioning", "versioning/finding", "versioning/history", "versioning/internal/exchange", "versioning/internal/wholefile", "versioning/matrix", "versioning/replay", "versioning/report", "versioning/trace"}, []string{"github.com/google/go-cmp/…"}, "a harness over the matrix"},
	{"versioning/record", []string{"versioning", "versioning/history"}, []string{"go.temporal.io/sdk/…", "go.temporal.io/api/…", "google.golang.org/protobuf/…", "golang.org/x/sync/errgroup"}, "it judges nothing"},
	{"versioning/pull", []string{"versioning/history", "versioning/internal/wholefile"}, []string{"go.temporal.io/sdk/client", "go.temporal.io/api/…", "google.golang.org/protobuf/…", "golang.org/x/sync/errgroup"}, "it downloads, with the client that it is given, and judges nothing"},
	{"versioning/scaffold", []string{"versioning/internal/wholefile"}, nil, "it reads source and writes files, and judges nothing"},
	{"versioning/cli", []string{"versioning", "versioning/cache", "versioning/finding", "versioning/history", "versioning/internal/against", "versioning/internal/wholefile", "versioning/matrix", "versioning/pull", "versioning/record", "versioning/redact", "versioning/replay", "versioning/report", "versioning/scaffold", "versioning/trace"}, []string{"github.com/spf13/cobra", "go.temporal.io/sdk/client", "go.temporal.io/sdk/worker", "go.temporal.io/sdk/log", "go.temporal.io/sdk/converter", "go.temporal.io/sdk/contrib/envconfig", "go.temporal.io/api/…"}, "the command works on the families it is given, and with the service that Temporal's configuration names"},
	{"versioning/cmd/replaymatrix", []string{"versioning/cli", "versioning/workflows", "histories"}, nil, "main is the only place where the command meets the families"},
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
			"versioning/matrix must not import versioning/workflows/patching: it replays through package replay alone", "the engine knows no family"},
		{"versioning/workflows/patching", module + "/versioning/replay",
			"versioning/workflows/patching must not import versioning/replay: workflows never see the engine: they read like a user's own code", "the longest prefix applies"},
		{"versioning/matrix", "go.temporal.io/sdk/worker",
			"versioning/matrix must not import go.temporal.io/sdk/worker: it replays through package replay alone", "outside packages are ruled too"},
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
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
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
