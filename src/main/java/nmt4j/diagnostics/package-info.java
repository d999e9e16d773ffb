/// What looks at the rest from outside: benchmarks and checks.
package nmt4j.diagnostics;
