/**
 * What holds the packages of a module apart: the documentation of its root package draws its rooms and who uses whom,
 * {@link dev.gangway.conformance.layers.Layers} compares that with the sources and the class files.
 */
package dev.gangway.conformance.layers;
