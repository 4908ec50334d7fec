// Package scaffold makes the first replay test of a package that has workflows:
//
//	p, err := scaffold.Read("./order")
//	files, err := scaffold.Plan(p, scaffold.Options{})
//	err = scaffold.Write(p.Module.Dir, files)
//
// It reads Go source and go.mod, runs no command, and replaces no file.
package scaffold

import (
	"errors"
	"go/build"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Errors of Read, wrapped with the folder that they are about.
var (
	// ErrNoModule is for a folder that is in no Go module.
	ErrNoModule = errors.New("no Go module")
	// ErrOwnModule is for a folder inside the module of this project.
	ErrOwnModule = errors.New("the module of replaymatrix itself")
	// ErrNoPackage is for a folder without a Go package.
	ErrNoPackage = errors.New("no Go package")
	// ErrNoWorkflows is for a package in which no function is a workflow.
	ErrNoWorkflows = errors.New("no workflow")
)

// A Package is a Go package that has workflows.
type Package struct {
	Module Module
	// Folder is the folder of the package, relative to the folder of the module and with slashes.
	// "." is the package at the root.
	Folder string
	// Name and ImportPath are the names that other packages use for the package.
	Name, ImportPath string
	// Workflows are in the order of the source, file by file.
	Workflows []Workflow
	// LeftOut are functions that look like workflows and get no test.
	LeftOut []LeftOut

	// names are declared at the top of the package's files, tests included.
	names map[string]bool
}

// A Workflow is a function, or a method, that a Worker registers.
type Workflow struct {
	// Func is the name of the function. Receiver is the name of the type that a method belongs to.
	// It is empty for a function.
	Func, Receiver string
	// Types are the workflow types that the function is registered under.
	Types []string
	// Unread reports whether one of the type names could not be read. Types then has the name of
	// the function instead.
	Unread bool
	// Doc is the first sentence of the function's comment.
	Doc string
	// At is FILE:LINE, relative to the module. Registered is the place of the registration that
	// gives the function its types. It is empty if no registration was found.
	At, Registered string
	// Family is the name of the family that is made from the workflow.
	Family string
}

// A LeftOut is a function that takes a workflow.Context and gets no test.
type LeftOut struct{ Func, At, Why string }

// Read looks for the workflows of the package in the folder. A workflow is an exported function or
// method with the form of a workflow, or another function that is registered. If any of these
// functions is registered in the module, the functions that are not registered count as helpers.
//
// The error wraps ErrNoModule, ErrOwnModule, ErrNoPackage or ErrNoWorkflows and says what to do.
// Otherwise the error comes from the file system or from the Go parser.
func Read(folder string) (*Package, error) {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return nil, err
	}
	if info, err := os.Stat(folder); err != nil {
		return nil, &Error{Folder: folder, Err: err, Next: "name the folder of the package that has your workflows"}
	} else if !info.IsDir() {
		return nil, &Error{Folder: folder, Err: ErrNoPackage, Next: "it is a file: name the folder that it is in"}
	}
	module, err := findModule(folder)
	if err != nil {
		return nil, err
	}
	if module.Path == ourModule || strings.HasPrefix(module.Path, ourModule+"/") {
		return nil, &Error{Folder: folder, Err: ErrOwnModule, Next: "run it in the module that has your workflows"}
	}
	inside, err := filepath.Rel(module.Dir, folder)
	if err != nil {
		return nil, err
	}
	p := &Package{Module: module, Folder: filepath.ToSlash(inside), names: map[string]bool{}}
	p.ImportPath = path.Join(module.Path, p.Folder)
	built, err := build.ImportDir(folder, 0)
	var none *build.NoGoError
	if errors.As(err, &none) {
		return nil, p.elsewhere(ErrNoPackage)
	}
	if err != nil {
		return nil, &Error{Folder: folder, Err: err, Next: "make it compile first"}
	}
	p.Name = built.Name
	if err := p.find(built); err != nil {
		return nil, err
	}
	if len(p.Workflows) == 0 {
		return nil, p.elsewhere(ErrNoWorkflows)
	}
	p.nameFamilies()
	return p, nil
}

// An Error says what is wrong with a folder, and what to do.
type Error struct {
	Folder string
	Err    error
	Next   string
}

func (e *Error) Error() string {
	text := e.Err.Error()
	var inPath *fs.PathError
	if errors.As(e.Err, &inPath) {
		text = inPath.Err.Error()
	}
	return e.Folder + ": " + text + ": " + e.Next
}

// Unwrap returns Err.
func (e *Error) Unwrap() error { return e.Err }

// elsewhere names the packages of the module that do have workflows.
func (p *Package) elsewhere(err error) error {
	next := "a workflow is a function whose first parameter is a workflow.Context and whose last result is an error"
	if folders := p.Module.withWorkflows(); len(folders) > 0 {
		const most = 5
		if more := len(folders) - most; more > 0 {
			folders = append(folders[:most], "…")
		}
		next = "name a package that has some: " + strings.Join(folders, ", ")
	}
	return &Error{Folder: filepath.Join(p.Module.Dir, filepath.FromSlash(p.Folder)), Err: err, Next: next}
}
