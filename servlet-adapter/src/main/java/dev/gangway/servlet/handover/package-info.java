/**
 * How one version of an application takes over from another while requests come: the {@link
 * dev.gangway.servlet.handover.Gate} through which requests enter a version, its {@link
 * dev.gangway.servlet.handover.OwnArchive}, and the {@link dev.gangway.servlet.handover.Sessions} that go over.
 */
package dev.gangway.servlet.handover;
