<%@ page isErrorPage="true" %>no coffee for ${requestScope['${namespace}.servlet.error.request_uri']}
