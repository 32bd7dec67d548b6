<%@ page contentType="text/html;charset=UTF-8" %><%@ page session="true" %><p>${1 + 1} ${param.name} ${header["x-first"]} ${pageContext.request.method}</p>
<%= request.getRequestURI() %> <% out.print(session.isNew()); %>
<jsp:include page="part.jsp"><jsp:param name="name" value="inner"/></jsp:include>
