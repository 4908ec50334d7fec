package acceptance

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestGoTest is a module of a user's own with the test that the documentation of
// package replaytest shows. It holds that the test runs there, that go test takes the
// result from its cache, and that it does not when a history or a golden file has
// changed.
func TestGoTest(t *testing.T) {
	t.Parallel()
	m := newModule(t)
	m.run("first", "ok", "")
	m.run("again", "(cached)", "")

	m.copy("histories/order-4711.json", "histories/order-4711.json", "\n")
	m.run("a history has changed", "ok", "")
	m.run("and is seen once", "(cached)", "")

	m.copy("histories/order-4711.json", "histories/order-4713.json", "")
	m.run("a history has come", "FAIL", "testdata/order.matrix does not have this cell")
	m.write("testdata/order.matrix", m.read("testdata/order.matrix")+"order-4713@today  safe\n")
	m.run("the golden file has changed", "ok", "")
	m.run("both are seen", "(cached)", "")

	m.remove("testdata/histories/order-4712_events.json")
	m.run("a history is gone", "FAIL", "order.matrix differs from the replays")

	m.write("order.go", strings.NewReplacer("Charge, number", "Ship, number", "Ship, number", "Charge, number").Replace(m.read("order.go")))
	m.run("the code has changed", "FAIL", "nondeterministic at event 5: the code swaps two calls, those of ActivityTaskScheduled (Charge)")
}

// TestGoTestOfMany has one change of code break 1,080 recordings of a user, and holds that a person can
// read what go test prints of them.
func TestGoTestOfMany(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it replays 1,080 recordings")
	}
	m := newModule(t)
	m.remove("golden_test.go")
	for _, name := range []string{"order-4711", "order-4712_events"} {
		data := m.read("testdata/histories/" + name + ".json")
		m.remove("testdata/histories/" + name + ".json")
		for i := range 540 {
			id := fmt.Sprintf("%s-%03d", name, i)
			m.write("testdata/histories/"+id+".json", strings.ReplaceAll(data, `"workflowId": "order/`, `"workflowId": "`+id+"/"))
		}
	}
	m.write("order.go", strings.NewReplacer("Charge, number", "Ship, number", "Ship, number", "Charge, number").Replace(m.read("order.go")))

	out, err := inModule(m.dir, "go", "test", "-ldflags=-w", ".").CombinedOutput()
	if err == nil {
		t.Fatalf("it passes:\n%.2000s", out)
	}
	if lines := strings.Count(string(out), "\n"); lines >= 60 {
		t.Errorf("%d lines, and 1,080 recordings are to take less than 60:\n%.10000s", lines, out)
	}
	for _, want := range []string{
		"1,080 of 1,080 cells fail", "540 recordings, 540 open, such as order-4712_events-000@today, ", "540 recordings, none open, such as order-4711-000@today, ",
		"event 5", "order.go:15", `v := workflow.GetVersion(ctx, "swap-charge"`, "go test -v names them",
		"--- FAIL: TestReplay/order-4711-000@today", "--- FAIL: TestReplay/order-4712_events-000@today",
	} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%q is not there:\n%s", want, out)
		}
	}

	_, command, _ := strings.Cut(string(out), "All of it: ")
	command, _, _ = strings.Cut(command, "\n")
	out, _ = inModule(m.dir, "sh", "-c", command).CombinedOutput()
	if said := string(out); strings.Count(said, "--- FAIL: TestReplay/") != 1 || !strings.Contains(said, "What a live Worker does next") {
		t.Errorf("%s does not tell all of one cell:\n%s", command, said)
	}
}

// userModule is a module in a folder of its own.
type userModule struct {
	t   *testing.T
	dir string
	// files counts what was written: each is a minute newer than the one before, and
	// all are old enough for go test, which trusts no file of the last two seconds.
	files int
}

const replaytest = "../versioning/replaytest/"

func newModule(t *testing.T) *userModule {
	t.Helper()
	m := &userModule{t: t, dir: t.TempDir()}
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	if err := writeModule(m.dir, root); err != nil {
		t.Fatal(err)
	}
	m.age(filepath.Join(m.dir, "go.mod"))
	m.age(filepath.Join(m.dir, "go.sum"))
	m.write("order.go", m.source(replaytest+"testdata/order/order.go"))
	m.write("order_test.go", strings.Replace(m.source(replaytest+"example_order_test.go"), "package replaytest_test", "package order", 1))
	m.write("golden_test.go", strings.NewReplacer("package replaytest_test", "package order", "TestReplay", "TestGolden", "var family", "var golden",
		"Family:     family,", `Family: golden, Golden: "testdata/order.matrix",`).Replace(m.source(replaytest+"example_order_test.go")))
	m.write("testdata/order.matrix", "order-4711@today  safe\norder-4712_events@today  safe\n")
	for _, name := range []string{"order-4711", "order-4712_events"} {
		m.copy("histories/"+name+".json", "histories/"+name+".json", "")
	}
	return m
}

// run runs go test. The one line of its result holds want, and what it says holds
// says.
func (m *userModule) run(when, want, says string) {
	m.t.Helper()
	began := time.Now()
	cmd := inModule(m.dir, "go", "test", "-ldflags=-w", ".") // linking is most of the time
	out, _ := cmd.CombinedOutput()                           // the last line says whether it failed
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	result := ""
	for _, line := range lines {
		if strings.Contains(line, "\texample.com/shop\t") {
			result = line
		}
	}
	m.t.Logf("%s: %s (%v)", when, result, time.Since(began).Round(time.Millisecond))
	if cached := strings.HasSuffix(result, "(cached)"); !strings.Contains(result, want) || cached != (want == "(cached)") || !strings.Contains(string(out), says) {
		m.t.Fatalf("%s: want a result with %q, and %q:\n%s", when, want, says, out)
	}
}

func (m *userModule) copy(from, to, more string) {
	m.t.Helper()
	m.write("testdata/"+to, m.source(replaytest+"testdata/"+from)+more)
}

func (m *userModule) write(name, text string) {
	m.t.Helper()
	file := filepath.Join(m.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		m.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		m.t.Fatal(err)
	}
	m.files++
	m.age(file)
	m.age(filepath.Dir(file))
}

func (m *userModule) remove(name string) {
	m.t.Helper()
	file := filepath.Join(m.dir, filepath.FromSlash(name))
	if err := os.Remove(file); err != nil {
		m.t.Fatal(err)
	}
	m.age(filepath.Dir(file))
}

func (m *userModule) age(file string) {
	m.t.Helper()
	then := time.Now().Add(time.Duration(m.files)*time.Minute - 24*time.Hour)
	if err := os.Chtimes(file, then, then); err != nil {
		m.t.Fatal(err)
	}
}

func (m *userModule) read(name string) string {
	m.t.Helper()
	return m.source(filepath.Join(m.dir, filepath.FromSlash(name)))
}

func (m *userModule) source(file string) string {
	m.t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		m.t.Fatal(fmt.Errorf("the user's module: %w", err))
	}
	return string(data)
}
