{# Every row keeps the expression; a null result breaks it too. #}
{% test expression_is_true(model, expression) %}

select *
from {{ model }}
where ({{ expression }}) is not true

{% endtest %}
