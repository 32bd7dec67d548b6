<jsp:forward page="/target/from-jsp"/>
