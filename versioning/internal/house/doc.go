// Package house holds the tests of what is to be so all over the repository: who imports whom, what
// the module requires, and that recordings are as they were made.
package house
