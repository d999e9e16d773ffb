/// How gradients move weights: optimizers, learning-rate schedules, clipping.
package nmt4j.optim;
