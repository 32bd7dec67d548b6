<%@ page contentType="text/html;charset=UTF-8" session="false" trimDirectiveWhitespaces="true" %>
<%@ taglib prefix="sample" uri="/WEB-INF/sample.tld" %>
${sample:top(pageContext.request, "A JSP page")}
<p class="lead">The container has turned this page into a servlet. All that varies on it comes from expression language.</p>
<form>
<label for="name">Your name</label>
<input id="name" name="name" value="${sample:escape(param.name)}" autocomplete="name">
<button>Greet me</button>
</form>
<h2>Ahoy, ${empty param.name ? "stranger" : sample:escape(param.name)}!</h2>
<dl>
<dt>Asked for</dt><dd><samp>${sample:escape(empty requestScope["jakarta.servlet.forward.request_uri"] ? pageContext.request.requestURI : requestScope["jakarta.servlet.forward.request_uri"])}</samp></dd>
<dt>Web server</dt><dd><samp>${sample:escape(empty requestScope["dev.gangway.params"] ? "none, there is no Gangway here" : requestScope["dev.gangway.params"].SERVER_SOFTWARE)}</samp></dd>
<dt>Browser</dt><dd><samp>${sample:escape(header["User-Agent"])}</samp></dd>
<dt>Six times seven</dt><dd><samp>${6 * 7}</samp></dd>
</dl>
${sample:bottom(pageContext.request)}
