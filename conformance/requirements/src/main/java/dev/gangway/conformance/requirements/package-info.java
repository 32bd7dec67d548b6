/**
 * Which test proves which requirement: tests name the numbers as JUnit tags, an
 * {@link dev.gangway.conformance.requirements.OutcomeRecorder} notes how they ended, and
 * {@link dev.gangway.conformance.requirements.RequirementsTable} makes the table of it.
 */
package dev.gangway.conformance.requirements;
