package advice

// A Patch is code as an edit of the file that the stage was compiled from. It replaces whole lines.
type Patch struct {
	// File is the path that the compiler has recorded. Function is the function in it that the edit is
	// in, as a person would name it.
	File, Function string
	// From and To are the lines that Text replaces, the first line of the file being 1. If To is less
	// than From, Text comes before the line From, and replaces nothing.
	From, To int
	// Text is the new code, indented as its place is, and ends with a newline.
	Text string
	// Imports are the import paths that Text needs and File does not have.
	Imports []string
}
