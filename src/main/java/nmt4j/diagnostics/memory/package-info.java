/// How far back a model remembers: gradients against time lag, and a task that asks at different distances.
package nmt4j.diagnostics.memory;
