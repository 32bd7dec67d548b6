/**
 * Who the user of a request is. {@link dev.gangway.servlet.login.LoginPolicy} says what the web server is trusted with,
 * and which users the server knows itself; {@link dev.gangway.servlet.login.ContainerAuthorizer} answers questions to
 * the Authorizer by the security constraints of an application.
 *
 * <p>The classes of the environments find this package in the class loader of the server, so that all of them share it.
 */
package dev.gangway.servlet.login;
