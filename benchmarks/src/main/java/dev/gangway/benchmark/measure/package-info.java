/** Runs the contenders, drives them in turn, and tells what it cost. */
package dev.gangway.benchmark.measure;
