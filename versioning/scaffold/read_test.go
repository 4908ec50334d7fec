package scaffold_test

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/replaymatrix/replaymatrix/versioning/scaffold"
)

const plain = "func Order(ctx workflow.Context) error { return nil }"

// TestRead has a line for each workflow that is found, and one for each function that
// is left out.
func TestRead(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name  string
		files files
		want  []string
		why   string
	}{
		{"exported", files{"order/order.go": source(plain, "func pay(ctx workflow.Context) error { return nil }")},
			[]string{"Order as Order in order"}, "without a registration to be seen, what is exported counts"},
		{"results", files{"order/order.go": source(
			"func A(ctx workflow.Context, id string, n ...int) (string, error) { return id, nil }",
			"func B(ctx workflow.Context) {}", "func C(ctx workflow.Context) string { return \"\" }",
			"func D(ctx workflow.Context) (a, b int, err error) { return }",
			"func E(id string, ctx workflow.Context) error { return nil }",
			"func F() error { return nil }",
			"func G[T any](ctx workflow.Context, t T) error { return nil }",
			"func H(ctx workflow.Context) (id string, err error) { return }",
		)}, []string{"A as A in a", "H as H in h"}, "the SDK takes no other form"},
		{"imports", files{
			"order/a.go": "package order\n\nimport wf \"go.temporal.io/sdk/workflow\"\n\nfunc A(ctx wf.Context) " +
				"error { return nil }\n",
			"order/b.go": "package order\n\nimport . \"go.temporal.io/sdk/workflow\"\n\nfunc B(ctx Context) error " +
				"{ return nil }\n",
			"order/c.go": "package order\n\nimport \"context\"\n\nfunc C(ctx context.Context) error { return nil }\n",
			"order/d.go": "package order\n\nimport workflow \"example.com/other\"\n\nfunc D(ctx workflow.Context) " +
				"error { return nil }\n",
		}, []string{"A as A in a", "B as B in b"}, "a name says nothing of a package"},
		{"methods", files{"order/order.go": source(
			"type Flows struct{ fee int }", "func (f *Flows) Pay(ctx workflow.Context) error { return nil }",
			"func (Flows) Ship(ctx workflow.Context) error { return nil }",
			"type Set[T any] struct{}", "func (Set[T]) Sort(ctx workflow.Context) error { return nil }",
		)}, []string{"Flows.Pay as Pay in pay", "Flows.Ship as Ship in ship"},
			"a type with parameters cannot be written down"},
		{"helpers", files{"order/order.go": source(plain, "func Pay(ctx workflow.Context) error { return nil }",
			"func Register(r worker.Registry) { r.RegisterWorkflow(Order) }")},
			[]string{"Order as Order in order, see order/order.go:14",
				"left out: Pay: nothing in this module registers it, unlike others of the package"},
			"one that is registered says which are workflows"},
		{"unexported", files{"order/order.go": source("func order(ctx workflow.Context) error { return nil }",
			"func Register(r worker.Registry) { r.RegisterWorkflow(order) }")},
			[]string{"order as order in order, see order/order.go:12"}, "the test is in the package"},
		{"names", files{
			"order/order.go": source("const paying = \"billing.v2.Pay\"", plain,
				"func Pay(ctx workflow.Context) error { return nil }",
				"func Ship(ctx workflow.Context) error { return nil }"),
			"order/register.go": source("func Register(r worker.Registry, name string) {",
				"r.RegisterWorkflowWithOptions(Order, workflow.RegisterOptions{Name: \"OrderWorkflow\"})",
				"r.RegisterWorkflowWithOptions(Order, workflow.RegisterOptions{Name: \"OldOrder\"})",
				"r.RegisterWorkflowWithOptions(Pay, workflow.RegisterOptions{VersioningBehavior: 1, Name: paying})",
				"r.RegisterWorkflowWithOptions(Ship, workflow.RegisterOptions{Name: name})", "}"),
		}, []string{
			"Order as OrderWorkflow, OldOrder in order, see order/register.go:12",
			"Pay as billing.v2.Pay in billing-v2-pay, see order/register.go:16",
			"Ship as Ship in ship, see order/register.go:18, name not read",
		}, "types are what histories have"},
		{"elsewhere", files{
			"order/order.go": source("const Type = \"OrderWorkflow\"", plain, "type Flows struct{}",
				"func (f *Flows) Pay(ctx workflow.Context) error { return nil }",
				"type Other struct{}", "func (o Other) Pay(ctx workflow.Context) error { return nil }",
				"func Ship(ctx workflow.Context) error { return nil }"),
			"cmd/worker/main.go": "package main\n\nimport (\n\to " +
				"\"example.com/shop/order\"\n\t\"go.temporal.io/sdk/worker\"\n\t\"go.temporal.io/sdk/workflow\"\n)\n\nfunc main() {\n\tw := worker.New(nil, \"q\", worker.Options{})\n\tw.RegisterWorkflowWithOptions(o.Order, workflow.RegisterOptions{Name: o.Type})\n\tw.RegisterWorkflow((&o.Flows{}).Pay)\n\tw.RegisterActivity(o.Ship)\n}\n",
			"other/main.go": "package main\n\nimport \"example.com/shop/elsewhere/order\"\n\nfunc main() { " +
				"w.RegisterWorkflow(order.Ship) }\n",
		}, []string{
			"Order as OrderWorkflow in order, see cmd/worker/main.go:11",
			"Flows.Pay as Pay in pay, see cmd/worker/main.go:12",
			"left out: Pay: nothing in this module registers it, unlike others of the package",
			"left out: Ship: nothing in this module registers it, unlike others of the package",
		}, "Workers are main packages, and another package of that name is not this one"},
		{"a variable's method", files{
			"order/order.go": source("type Flows struct{}",
				"func (f *Flows) Pay(ctx workflow.Context) error { return nil }"),
			"cmd/worker/main.go": "package main\n\nimport \"example.com/shop/order\"\n\nfunc main() {\n\tf := " +
				"order.New()\n\tw.RegisterWorkflow(f.Pay)\n}\n",
		}, []string{"Flows.Pay as Pay in pay, see cmd/worker/main.go:7"},
			"the name of the method tells which one it is"},
		{"dynamic", files{"order/order.go": source(plain,
			"func Any(ctx workflow.Context, args any) error { return nil }",
			"func Register(r worker.Registry) { r.RegisterWorkflow(Order); r.RegisterDynamicWorkflow(Any, "+
				"workflow.DynamicRegisterOptions{}) }")},
			[]string{"Order as Order in order, see order/order.go:14",
				"left out: Any: it is registered as the dynamic workflow: declare a family for each type by hand"},
			"it has no type of its own"},
		{"other files", files{
			"order/order.go": source(plain),
			"order/order_test.go": source("func Mock(ctx workflow.Context) error { return nil }",
				"func r(r worker.Registry) { r.RegisterWorkflow(Mock) }"),
			"order/ignored.go":        "//go:build ignore\n\n" + source("func Ignored(ctx workflow.Context) error { return nil }"),
			"order/testdata/order.go": source("func T(r worker.Registry) { r.RegisterWorkflow(Mock) }"),
			"order/nested/go.mod":     "module example.com/nested\n",
			"order/nested/nested.go": "package nested\n\nimport \"example.com/shop/order\"\n\nfunc N() { " +
				"w.RegisterWorkflow(order.Ignored) }\n",
			"vendor/example.com/x/x.go": "package x\n\nimport \"example.com/shop/order\"\n\nfunc N() { " +
				"w.RegisterWorkflow(order.Ignored) }\n",
			"broken/broken.go": "package broken\n\nimport \"example.com/shop/order\"\n\nfunc " +
				"RegisterWorkflow(\n",
		}, []string{"Order as Order in order"}, "what the package is built of, and what the module is"},
		{"families", files{"order/order.go": source("func OrderWorkflow(ctx workflow.Context) error { return nil }",
			plain,
			"func HTTPOrder2(ctx workflow.Context) error { return nil }",
			"func Workflow(ctx workflow.Context) error { return nil }")},
			[]string{"OrderWorkflow as OrderWorkflow in order", "Order as Order in order-2",
				"HTTPOrder2 as HTTPOrder2 in http-order2", "Workflow as Workflow in workflow"},
			"families have names of their own"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			p := read(t, tt.files)
			var got []string
			for _, w := range p.Workflows {
				line := w.Func + " as " + strings.Join(w.Types, ", ") + " in " + w.Family
				if w.Receiver != "" {
					line = w.Receiver + "." + line
				}
				if w.Registered != "" {
					line += ", see " + w.Registered
				}
				if w.Unread {
					line += ", name not read"
				}
				got = append(got, line)
			}
			for _, l := range p.LeftOut {
				got = append(got, fmt.Sprintf("left out: %s: %s", l.Func, l.Why))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("%s (-want +got):\n%s", tt.why, diff)
			}
		})
	}
}

func TestReadErrors(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		files  files
		folder string
		is     error
		want   string
	}{
		{"no folder", nil, "order", fs.ErrNotExist,
			"order: no such file or directory: name the folder of the package that has your workflows"},
		{"a file", files{"order": ""}, "order", scaffold.ErrNoPackage,
			"order: no Go package: it is a file: name the folder that it is in"},
		{"no package", files{"order/README.md": ""}, "order", scaffold.ErrNoPackage,
			"order: no Go package: a workflow is a function whose first parameter is a workflow.Context and whose " +
				"last result is an error"},
		{"tests only", files{"order/x_test.go": "package order\n"}, "order", scaffold.ErrNoWorkflows,
			"order: no workflow: "},
		{"no workflow", files{"order/order.go": "package order\n",
			"pay/pay.go": strings.Replace(source(plain), "package order", "package pay", 1)}, "order",
			scaffold.ErrNoWorkflows, "order: no workflow: name a package that has some: ./pay"},
		{"workflow in the root", files{"order/order.go": "package order\n", "pay.go": source(plain)}, "order",
			scaffold.ErrNoWorkflows, "order: no workflow: name a package that has some: ."},
		{"ours", files{"go.mod": "module github.com/replaymatrix/replaymatrix\n", "order/order.go": source(plain)},
			"order",
			scaffold.ErrOwnModule,
			"order: the module of replaymatrix itself: run it in the module that has your workflows"},
		{"below ours", files{"go.mod": "module github.com/replaymatrix/replaymatrix/acceptance\n",
			"order/order.go": source(plain)}, "order",
			scaffold.ErrOwnModule, "order: the module of replaymatrix itself"},
		{"no module line", files{"go.mod": "go 1.26\n", "order/order.go": source(plain)}, "order",
			scaffold.ErrNoModule, "go.mod: no Go module: it has no module line"},
		{"two packages", files{"order/a.go": "package order\n", "order/b.go": "package pay\n"}, "order", nil,
			"make it compile first"},
		{"broken", files{"order/a.go": "package order\n\nfunc\n"}, "order", nil, "make it compile first"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := scaffold.Read(filepath.Join(tt.files.module(t), tt.folder))
			require.ErrorContains(t, err, tt.want)
			if tt.is != nil {
				require.ErrorIs(t, err, tt.is)
			}
		})
	}
}

func TestModule(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, mod string
		want      scaffold.Module
	}{
		{"plain", "// A comment.\nmodule example.com/shop // another\n\ngo 1.26.1\n",
			scaffold.Module{Path: "example.com/shop", Go: "1.26.1"}},
		{"quoted", "module \"example.com/shop\"\n", scaffold.Module{Path: "example.com/shop"}},
		{"required", "module example.com/shop\n\nrequire github.com/replaymatrix/replaymatrix v0.0.0\n",
			scaffold.Module{Path: "example.com/shop", Requires: true}},
		{"required in a block", "module example.com/shop\n\nrequire (\n\tgo.temporal.io/sdk " +
			"v1.50.0\n\tgithub.com/replaymatrix/replaymatrix v0.0.0\n)\n",
			scaffold.Module{Path: "example.com/shop", Requires: true}},
		{"replaced only", "module example.com/shop\n\nreplace github.com/replaymatrix/replaymatrix => ../replaymatrix\n", scaffold.Module{Path: "example.com/shop"}},
		{"another of ours", "module example.com/shop\n\nrequire " +
			"github.com/replaymatrix/replaymatrix/versioning/devserver v0.0.0\n",
			scaffold.Module{Path: "example.com/shop"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			got := read(t, files{"go.mod": tt.mod, "order/order.go": source(plain)}).Module
			got.Dir = ""
			require.Equal(t, tt.want, got)
		})
	}
}
