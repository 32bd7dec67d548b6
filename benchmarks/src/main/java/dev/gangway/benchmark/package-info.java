/**
 * What a request costs by each way from a web server to a servlet.
 *
 * <p>A {@link dev.gangway.benchmark.measure.Contender} runs as a process of its own with the servlets of {@link
 * dev.gangway.benchmark.backend}; {@link dev.gangway.benchmark.load} asks and checks every answer; {@link
 * dev.gangway.benchmark.measure} takes the processor time of the contender meanwhile, in rounds in which the contenders
 * take turns.
 */
package dev.gangway.benchmark;
